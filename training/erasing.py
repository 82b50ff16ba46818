"""The database's own function that erases people from the register: run as the owner, so that it reaches the history.

`erase(ids, reason, by)` takes every row of one person. What stays is what counts need: that somebody, by a number, came
to a session for a council as staff, councillor or partner. Names and addresses go; so do the account behind the row,
where the person belonged, free texts about them, and the person's own id wherever the history says who did something
to their bookings. The rows of `Erasure` are the tombstones. Triggers of the tables are off inside the function only.
"""

FUNCTION = """
CREATE OR REPLACE FUNCTION training_erase(learners bigint[], reason text, by_id bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    accounts bigint[];
    bookings bigint[];
    one text;
    opened text[] := ARRAY['training_booking', 'training_learner', 'training_learneraddress',
        'training_learnermembership', 'training_learnerevent', 'training_learneraddressevent',
        'training_learnermembershipevent', 'training_bookingevent', 'training_privacyrequestevent',
        'training_skillassessmentevent', 'training_doubleevent'];
BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
    INSERT INTO training_erasure (learner_id, reason, by_id, at)
        SELECT id, reason, by_id, now() FROM training_learner WHERE id = ANY(learners) ON CONFLICT DO NOTHING;
    accounts := ARRAY(SELECT user_id FROM training_learner WHERE id = ANY(learners) AND user_id IS NOT NULL
        UNION SELECT user_id FROM training_learnerevent WHERE pgh_obj_id = ANY(learners) AND user_id IS NOT NULL);
    bookings := ARRAY(SELECT id FROM training_booking WHERE learner_id = ANY(learners));
    FOREACH one IN ARRAY opened LOOP EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', one); END LOOP;

    DELETE FROM training_learneraddress WHERE learner_id = ANY(learners);
    DELETE FROM training_learnermembership WHERE learner_id = ANY(learners);
    DELETE FROM training_learnerneeds WHERE learner_id = ANY(learners);
    UPDATE training_learner SET user_id = NULL, name = '', language = '', erased_at = now() WHERE id = ANY(learners);
    UPDATE training_booking SET booked_by_id = NULL WHERE id = ANY(bookings) AND booked_by_id = ANY(accounts);
    UPDATE training_correction SET why = '–' WHERE booking_id = ANY(bookings);
    UPDATE training_privacyrequest SET text = '', answer = '' WHERE learner_id = ANY(learners);
    UPDATE training_skillanswer SET example = '', note = ''
        WHERE assessment_id IN (SELECT id FROM training_skillassessment WHERE learner_id = ANY(learners));
    UPDATE training_importrow SET data = '{}' WHERE learner_id = ANY(learners) OR booking_id = ANY(bookings);
    DELETE FROM kernel_draft WHERE user_id = ANY(accounts) AND key LIKE 'training.%';
    DELETE FROM kernel_notification WHERE user_id = ANY(accounts) AND kind LIKE 'training.%';
    UPDATE kernel_statuschange AS change
        SET why = '', by_id = CASE WHEN change.by_id = ANY(accounts) THEN NULL ELSE change.by_id END
        FROM django_content_type AS kind
        WHERE kind.id = change.content_type_id AND kind.app_label = 'training'
            AND (kind.model = 'booking' AND change.object_id = ANY(bookings)
                OR kind.model = 'privacyrequest' AND change.object_id IN (
                    SELECT id FROM training_privacyrequest WHERE learner_id = ANY(learners))
                OR kind.model = 'skillassessment' AND change.object_id IN (
                    SELECT id FROM training_skillassessment WHERE learner_id = ANY(learners))
                OR kind.model = 'double' AND change.object_id IN (
                    SELECT id FROM training_double WHERE first_id = ANY(learners) OR second_id = ANY(learners)));

    DELETE FROM training_learneraddressevent WHERE learner_id = ANY(learners);
    DELETE FROM training_learnermembershipevent WHERE learner_id = ANY(learners);
    UPDATE training_learnerevent SET user_id = NULL, pgh_context = pgh_context || jsonb_build_object('why', '', 'by',
            CASE WHEN (pgh_context->>'by')::bigint = ANY(accounts) THEN NULL ELSE pgh_context->'by' END)
        WHERE pgh_obj_id = ANY(learners);
    UPDATE training_privacyrequestevent SET pgh_context = pgh_context || jsonb_build_object('why', '', 'by',
            CASE WHEN (pgh_context->>'by')::bigint = ANY(accounts) THEN NULL ELSE pgh_context->'by' END)
        WHERE learner_id = ANY(learners);
    UPDATE training_skillassessmentevent SET pgh_context = pgh_context || jsonb_build_object('why', '', 'by',
            CASE WHEN (pgh_context->>'by')::bigint = ANY(accounts) THEN NULL ELSE pgh_context->'by' END)
        WHERE learner_id = ANY(learners);
    UPDATE training_doubleevent SET pgh_context = pgh_context || '{"why": ""}'
        WHERE first_id = ANY(learners) OR second_id = ANY(learners);
    UPDATE training_bookingevent
        SET booked_by_id = CASE WHEN booked_by_id = ANY(accounts) THEN NULL ELSE booked_by_id END,
            pgh_context = pgh_context || jsonb_build_object('why', '', 'by',
            CASE WHEN (pgh_context->>'by')::bigint = ANY(accounts) THEN NULL ELSE pgh_context->'by' END)
        WHERE pgh_obj_id = ANY(bookings);

    FOREACH one IN ARRAY opened LOOP EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', one); END LOOP;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN coalesce(array_length(learners, 1), 0);
END $$;
"""
