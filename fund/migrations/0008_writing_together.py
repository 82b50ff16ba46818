import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('fund', '0007_decisions_and_reviews'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='answer',
            name='effect',
            field=models.CharField(blank=True, choices=[('none', 'There is no effect, because …'), ('some', 'There is an effect')], max_length=4, verbose_name='Effect'),
        ),
        migrations.AddField(
            model_name='answerevent',
            name='effect',
            field=models.CharField(blank=True, choices=[('none', 'There is no effect, because …'), ('some', 'There is an effect')], max_length=4, verbose_name='Effect'),
        ),
        migrations.AddField(
            model_name='bid',
            name='owner',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bid',
            name='owner_offered_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='bidevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bidevent',
            name='owner_offered_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('completed_at', models.DateTimeField(editable=False, null=True)),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='assignment', to='fund.answer')),
                ('completed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who writes this answer')),
            ],
        ),
        migrations.CreateModel(
            name='AssignmentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('completed_at', models.DateTimeField(editable=False, null=True)),
                ('answer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.answer')),
                ('completed_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who writes this answer')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fund.assignment')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BidTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('waiting', 'To be translated'), ('done', 'Translated')], db_index=True, default='waiting', editable=False, max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(editable=False, null=True)),
                ('done_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='translation', to='fund.submission')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BidTranslationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('waiting', 'To be translated'), ('done', 'Translated')], default='waiting', editable=False, max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(editable=False, null=True)),
                ('done_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fund.bidtranslation')),
                ('submission', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.submission')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='Title')),
                ('link', models.CharField(blank=True, max_length=500, validators=[django.core.validators.URLValidator(['https', 'http'])], verbose_name='Address of the page')),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='fund.bid')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='fund.bid', verbose_name='Bid of an earlier round')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='CitationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='Title')),
                ('link', models.CharField(blank=True, max_length=500, validators=[django.core.validators.URLValidator(['https', 'http'])], verbose_name='Address of the page')),
                ('bid', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.bid')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fund.citation')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.bid', verbose_name='Bid of an earlier round')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, verbose_name='Comment')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('done_at', models.DateTimeField(editable=False, null=True)),
                ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='fund.answer')),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='fund.bid')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='CommentLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='For whom')),
                ('sha256', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comment_links', to='fund.bid')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='CommentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('done_at', models.DateTimeField(editable=False, null=True)),
                ('answer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.answer')),
                ('bid', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.bid')),
                ('by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fund.comment')),
                ('link', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.commentlink')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='comment',
            name='link',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='comments', to='fund.commentlink'),
        ),
        migrations.CreateModel(
            name='CommentLinkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('bid', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.bid')),
                ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fund.commentlink')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(editable=False, max_length=200, verbose_name='Role in the bid')),
                ('share_pence', models.BigIntegerField(editable=False, verbose_name='Share of the cost')),
                ('approver', models.CharField(max_length=120, verbose_name='Name of the approver')),
                ('post', models.CharField(choices=[('section_151', 'Section 151 officer'), ('delegate', 'Delegate of the section 151 officer'), ('signatory', 'Authorised signatory of a body that is not a council')], max_length=12, verbose_name='Post')),
                ('decided_on', models.DateField(verbose_name='Date of the approval')),
                ('authority', models.CharField(choices=[('delegation', 'Delegated power'), ('cabinet', 'Decision of the cabinet'), ('board', 'Decision of the body’s own board')], max_length=12, verbose_name='Authority')),
                ('reference', models.CharField(max_length=120, verbose_name='Reference of the delegation or decision')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('voided_at', models.DateTimeField(editable=False, null=True)),
                ('voided_why_en', models.CharField(blank=True, editable=False, max_length=200)),
                ('voided_why_cy', models.CharField(blank=True, editable=False, max_length=200)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='fund.partner')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='CostLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('year', models.CharField(max_length=7, verbose_name='Financial year')),
                ('kind', models.CharField(choices=[('revenue', 'Revenue'), ('capital', 'Capital')], max_length=7, verbose_name='Revenue or capital')),
                ('funding', models.CharField(choices=[('fund', 'The fund'), ('match', 'Match funding')], default='fund', max_length=5, verbose_name='Paid by')),
                ('note', models.CharField(max_length=200, verbose_name='What it is for')),
                ('amount_pence', models.BigIntegerField(verbose_name='Amount')),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='costs', to='fund.bid')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='fund.costcategory', verbose_name='Category')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Council or body')),
            ],
            options={
                'ordering': ['year', 'category__order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CostLineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('year', models.CharField(max_length=7, verbose_name='Financial year')),
                ('kind', models.CharField(choices=[('revenue', 'Revenue'), ('capital', 'Capital')], max_length=7, verbose_name='Revenue or capital')),
                ('funding', models.CharField(choices=[('fund', 'The fund'), ('match', 'Match funding')], default='fund', max_length=5, verbose_name='Paid by')),
                ('note', models.CharField(max_length=200, verbose_name='What it is for')),
                ('amount_pence', models.BigIntegerField(verbose_name='Amount')),
                ('bid', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.bid')),
                ('category', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.costcategory', verbose_name='Category')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='Council or body')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fund.costline')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Happening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('about_en', models.CharField(blank=True, max_length=300)),
                ('about_cy', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('why', models.TextField(blank=True)),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='happenings', to='fund.bid')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Signatory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('email', models.EmailField(max_length=254, verbose_name='E-mail address')),
                ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Cymraeg')], max_length=2, verbose_name='Language of the message')),
                ('sha256', models.CharField(editable=False, max_length=64, unique=True)),
                ('invited_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatories', to='fund.partner')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='CommitmentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(editable=False, max_length=200, verbose_name='Role in the bid')),
                ('share_pence', models.BigIntegerField(editable=False, verbose_name='Share of the cost')),
                ('post', models.CharField(choices=[('section_151', 'Section 151 officer'), ('delegate', 'Delegate of the section 151 officer'), ('signatory', 'Authorised signatory of a body that is not a council')], max_length=12, verbose_name='Post')),
                ('decided_on', models.DateField(verbose_name='Date of the approval')),
                ('authority', models.CharField(choices=[('delegation', 'Delegated power'), ('cabinet', 'Decision of the cabinet'), ('board', 'Decision of the body’s own board')], max_length=12, verbose_name='Authority')),
                ('reference', models.CharField(max_length=120, verbose_name='Reference of the delegation or decision')),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('voided_at', models.DateTimeField(editable=False, null=True)),
                ('voided_why_en', models.CharField(blank=True, editable=False, max_length=200)),
                ('voided_why_cy', models.CharField(blank=True, editable=False, max_length=200)),
                ('partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.partner')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fund.commitment')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('signatory', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.signatory')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='signatory',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='fund.signatory'),
        ),
        migrations.AddField(
            model_name='partner',
            name='signatory',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='fund.signatory'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='signatory',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.signatory'),
        ),
        migrations.CreateModel(
            name='SignatoryEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Cymraeg')], max_length=2, verbose_name='Language of the message')),
                ('invited_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('invited_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.partner')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fund.signatory')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TranslatedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=80)),
                ('label_en', models.CharField(max_length=300)),
                ('label_cy', models.CharField(max_length=300)),
                ('source', models.TextField()),
                ('text', models.TextField(blank=True, verbose_name='Translation')),
                ('corrected_at', models.DateTimeField(editable=False, null=True)),
                ('corrected_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Corrected by the applicant')),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='fund.bidtranslation')),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='TranslatedTextEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=80)),
                ('label_en', models.CharField(max_length=300)),
                ('label_cy', models.CharField(max_length=300)),
                ('source', models.TextField()),
                ('text', models.TextField(blank=True, verbose_name='Translation')),
                ('corrected_at', models.DateTimeField(editable=False, null=True)),
                ('corrected_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Corrected by the applicant')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fund.translatedtext')),
                ('translation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fund.bidtranslation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Addendum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('about', models.CharField(max_length=200, verbose_name='What it makes clear')),
                ('content', models.TextField(verbose_name='Clarification')),
                ('language', models.CharField(max_length=2)),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='fund.bid')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='fund.submission')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('bid', 'number'), name='addendum_numbered_once'), models.CheckConstraint(condition=models.Q(models.Q(('about', ''), _negated=True), models.Q(('content', ''), _negated=True)), name='addendum_says_something'), models.CheckConstraint(condition=models.Q(('sha256', models.Func(models.Func(models.Func(models.F('content'), models.Value('UTF8'), function='convert_to', output_field=models.BinaryField()), function='sha256', output_field=models.BinaryField()), models.Value('hex'), function='encode', output_field=models.TextField()))), name='addendum_has_its_hash')],
            },
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('completed_at', None), ('completed_by', None)), models.Q(('completed_at__isnull', False), ('completed_by__isnull', False)), _connector='OR'), name='assignment_completed_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='bidtranslation',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'done'])), name='bid_translation_status_known'),
        ),
        migrations.AddConstraint(
            model_name='bidtranslation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('status', 'done'), _negated=True), ('done_at', None), ('done_by', None)), models.Q(('done_at__isnull', False), ('done_by__isnull', False), ('status', 'done')), _connector='OR'), name='bid_translation_done_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('link', ''), ('source__isnull', False), ('title', '')), models.Q(('source', None), models.Q(('title', ''), _negated=True)), _connector='OR'), name='citation_names_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('source', None), models.Q(('source', models.F('bid')), _negated=True), _connector='OR'), name='citation_of_another_bid'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.UniqueConstraint(condition=models.Q(('source__isnull', False)), fields=('bid', 'source'), name='citation_once_in_a_bid'),
        ),
        migrations.AddConstraint(
            model_name='commentlink',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='comment_link_has_a_token'),
        ),
        migrations.AddConstraint(
            model_name='commentlink',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='comment_link_says_for_whom'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='bid_comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('link', None)), models.Q(('by', None), ('link__isnull', False)), _connector='OR'), name='comment_by_one'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='comment_done_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='costline',
            constraint=models.CheckConstraint(condition=models.Q(('amount_pence__gt', 0)), name='cost_line_has_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='costline',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['revenue', 'capital'])), name='cost_line_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='costline',
            constraint=models.CheckConstraint(condition=models.Q(('funding__in', ['fund', 'match'])), name='cost_line_funding_known'),
        ),
        migrations.AddConstraint(
            model_name='costline',
            constraint=models.CheckConstraint(condition=models.Q(('year__regex', '^20[0-9]{2}-[0-9]{2}$')), name='cost_line_year_is_a_year'),
        ),
        migrations.AddConstraint(
            model_name='costline',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='cost_line_says_what_for'),
        ),
        migrations.AddIndex(
            model_name='happening',
            index=models.Index(fields=['bid', '-at'], name='happening_of_bid'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='signatory_has_a_token'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('partner',), name='signatory_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('share_pence__gt', 0)), name='commitment_of_money'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approver', ''), _negated=True), models.Q(('reference', ''), _negated=True)), name='commitment_names_approver_and_reference'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('post__in', ['section_151', 'delegate', 'signatory'])), name='commitment_post_known'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('authority__in', ['delegation', 'cabinet', 'board'])), name='commitment_authority_known'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recorded_by__isnull', False), ('signatory', None)), models.Q(('recorded_by', None), ('signatory__isnull', False)), _connector='OR'), name='commitment_recorded_by_one'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('voided_at', None), ('voided_why_cy', ''), ('voided_why_en', '')), models.Q(('voided_at__isnull', False), models.Q(('voided_why_en', ''), _negated=True), models.Q(('voided_why_cy', ''), _negated=True)), _connector='OR'), name='commitment_void_says_why'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('partner',), name='commitment_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='translatedtext',
            constraint=models.UniqueConstraint(fields=('translation', 'key'), name='translated_text_once'),
        ),
        migrations.AddConstraint(
            model_name='translatedtext',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='translated_text_has_a_source'),
        ),
        migrations.AddConstraint(
            model_name='translatedtext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrected_at', None), ('corrected_by', None)), models.Q(('corrected_at__isnull', False), ('corrected_by__isnull', False)), _connector='OR'), name='translated_text_corrected_when_and_by_whom'),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='answer',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='answer',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='answer',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='bid',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='bid',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='bid',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='partner',
            name='partner_decided_when_and_by_whom',
        ),
        migrations.RemoveConstraint(
            model_name='partner',
            name='partner_decision_has_its_person',
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('effect__in', ['', 'none', 'some'])), name='answer_effect_known'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('signatory', None)), models.Q(('decided_at__isnull', False), models.Q(('decided_by__isnull', False), ('signatory__isnull', False), _connector='OR')), _connector='OR'), name='partner_decided_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['agreed', 'declined']), _negated=True), ('decided_by__isnull', False), ('signatory__isnull', False), _connector='OR'), name='partner_decision_has_its_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_answerevent" ("bid_id", "effect", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "saved_at", "text", "version", "words") VALUES (NEW."bid_id", NEW."effect", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."question_id", NEW."saved_at", NEW."text", NEW."version", NEW."words"); RETURN NULL;', hash='9e3cd0829d4b63223ceb5bc97b3913b4abe3188c', operation='INSERT', pgid='pgtrigger_insert_insert_15d0a', table='fund_answer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fund_answerevent" ("bid_id", "effect", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "saved_at", "text", "version", "words") VALUES (NEW."bid_id", NEW."effect", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."question_id", NEW."saved_at", NEW."text", NEW."version", NEW."words"); RETURN NULL;', hash='1c19ba25af4f43e29c9f802f88417bc3d0e484bb', operation='UPDATE', pgid='pgtrigger_update_update_3a723', table='fund_answer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_answerevent" ("bid_id", "effect", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "saved_at", "text", "version", "words") VALUES (OLD."bid_id", OLD."effect", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."question_id", OLD."saved_at", OLD."text", OLD."version", OLD."words"); RETURN NULL;', hash='433b55b8d398e7c5a836020159529789c1fe1dc9', operation='DELETE', pgid='pgtrigger_delete_delete_7bc0c', table='fund_answer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bid',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_bidevent" ("amount_pence", "form_version", "id", "is_historic", "label_cy", "label_en", "label_mark", "language", "latest_id", "lead_id", "order", "owner_id", "owner_offered_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_cy", "problem_en", "problem_mark", "proposal_cy", "proposal_en", "proposal_mark", "reference", "round_id", "slug_cy", "slug_en", "stage", "started_at", "started_by_id", "status", "title", "topic_id", "topic_inferred", "version") VALUES (NEW."amount_pence", NEW."form_version", NEW."id", NEW."is_historic", NEW."label_cy", NEW."label_en", NEW."label_mark", NEW."language", NEW."latest_id", NEW."lead_id", NEW."order", NEW."owner_id", NEW."owner_offered_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."problem_cy", NEW."problem_en", NEW."problem_mark", NEW."proposal_cy", NEW."proposal_en", NEW."proposal_mark", NEW."reference", NEW."round_id", NEW."slug_cy", NEW."slug_en", NEW."stage", NEW."started_at", NEW."started_by_id", NEW."status", NEW."title", NEW."topic_id", NEW."topic_inferred", NEW."version"); RETURN NULL;', hash='23005af445b400a56b6ecd84332b182c597bd297', operation='INSERT', pgid='pgtrigger_insert_insert_2d1b4', table='fund_bid', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bid',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fund_bidevent" ("amount_pence", "form_version", "id", "is_historic", "label_cy", "label_en", "label_mark", "language", "latest_id", "lead_id", "order", "owner_id", "owner_offered_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_cy", "problem_en", "problem_mark", "proposal_cy", "proposal_en", "proposal_mark", "reference", "round_id", "slug_cy", "slug_en", "stage", "started_at", "started_by_id", "status", "title", "topic_id", "topic_inferred", "version") VALUES (NEW."amount_pence", NEW."form_version", NEW."id", NEW."is_historic", NEW."label_cy", NEW."label_en", NEW."label_mark", NEW."language", NEW."latest_id", NEW."lead_id", NEW."order", NEW."owner_id", NEW."owner_offered_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."problem_cy", NEW."problem_en", NEW."problem_mark", NEW."proposal_cy", NEW."proposal_en", NEW."proposal_mark", NEW."reference", NEW."round_id", NEW."slug_cy", NEW."slug_en", NEW."stage", NEW."started_at", NEW."started_by_id", NEW."status", NEW."title", NEW."topic_id", NEW."topic_inferred", NEW."version"); RETURN NULL;', hash='3477ceb135ca6577052e481583dc31099d9521e5', operation='UPDATE', pgid='pgtrigger_update_update_32fcc', table='fund_bid', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bid',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_bidevent" ("amount_pence", "form_version", "id", "is_historic", "label_cy", "label_en", "label_mark", "language", "latest_id", "lead_id", "order", "owner_id", "owner_offered_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_cy", "problem_en", "problem_mark", "proposal_cy", "proposal_en", "proposal_mark", "reference", "round_id", "slug_cy", "slug_en", "stage", "started_at", "started_by_id", "status", "title", "topic_id", "topic_inferred", "version") VALUES (OLD."amount_pence", OLD."form_version", OLD."id", OLD."is_historic", OLD."label_cy", OLD."label_en", OLD."label_mark", OLD."language", OLD."latest_id", OLD."lead_id", OLD."order", OLD."owner_id", OLD."owner_offered_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."problem_cy", OLD."problem_en", OLD."problem_mark", OLD."proposal_cy", OLD."proposal_en", OLD."proposal_mark", OLD."reference", OLD."round_id", OLD."slug_cy", OLD."slug_en", OLD."stage", OLD."started_at", OLD."started_by_id", OLD."status", OLD."title", OLD."topic_id", OLD."topic_inferred", OLD."version"); RETURN NULL;', hash='83a89a9d1c9bb27eca221d14c6424947ad9b243b', operation='DELETE', pgid='pgtrigger_delete_delete_1e87f', table='fund_bid', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_partnerevent" ("bid_id", "decided_at", "decided_by_id", "id", "inferred", "invited_at", "order", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "possible", "role", "share_pence", "signatory_id", "status", "version") VALUES (NEW."bid_id", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."inferred", NEW."invited_at", NEW."order", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."possible", NEW."role", NEW."share_pence", NEW."signatory_id", NEW."status", NEW."version"); RETURN NULL;', hash='6c962abd70924635a47a178b3edcc549c37383d0', operation='INSERT', pgid='pgtrigger_insert_insert_c948e', table='fund_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fund_partnerevent" ("bid_id", "decided_at", "decided_by_id", "id", "inferred", "invited_at", "order", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "possible", "role", "share_pence", "signatory_id", "status", "version") VALUES (NEW."bid_id", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."inferred", NEW."invited_at", NEW."order", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."possible", NEW."role", NEW."share_pence", NEW."signatory_id", NEW."status", NEW."version"); RETURN NULL;', hash='5a3ee0d4e896ae35a64b604d521eca36c704a513', operation='UPDATE', pgid='pgtrigger_update_update_2d9d9', table='fund_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_partnerevent" ("bid_id", "decided_at", "decided_by_id", "id", "inferred", "invited_at", "order", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "possible", "role", "share_pence", "signatory_id", "status", "version") VALUES (OLD."bid_id", OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."inferred", OLD."invited_at", OLD."order", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."possible", OLD."role", OLD."share_pence", OLD."signatory_id", OLD."status", OLD."version"); RETURN NULL;', hash='4a0440674162efc65845808be68be0b986be0fda', operation='DELETE', pgid='pgtrigger_delete_delete_c3385', table='fund_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_assignmentevent" ("answer_id", "completed_at", "completed_by_id", "id", "person_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."answer_id", NEW."completed_at", NEW."completed_by_id", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='b602ad3fbffa2b750c46568eced3502195e0936b', operation='INSERT', pgid='pgtrigger_insert_insert_f2b6c', table='fund_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fund_assignmentevent" ("answer_id", "completed_at", "completed_by_id", "id", "person_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."answer_id", NEW."completed_at", NEW."completed_by_id", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='fd290a3616291a51b0ad0d8014a6c13c889d9ecd', operation='UPDATE', pgid='pgtrigger_update_update_24236', table='fund_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_assignmentevent" ("answer_id", "completed_at", "completed_by_id", "id", "person_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."answer_id", OLD."completed_at", OLD."completed_by_id", OLD."id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='89d3ac7a9221509b0714e5f32aa6656e44532298', operation='DELETE', pgid='pgtrigger_delete_delete_e7d93', table='fund_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignmentevent',
            trigger=pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.pgh_context := kernel_stamped(NEW.pgh_context); RETURN NEW;', hash='799a70e805e5fe5ed2a86e004fcb2425edd6bd3d', operation='INSERT', pgid='pgtrigger_stamp_26c7d', table='fund_assignmentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignmentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='82b198af34f80beae8a314ebdfc2ffaf151d1f16', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9f98f', table='fund_assignmentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bidtranslation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_bidtranslationevent" ("asked_at", "done_at", "done_by_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "submission_id") VALUES (NEW."asked_at", NEW."done_at", NEW."done_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."status", NEW."submission_id"); RETURN NULL;', hash='dec464c138ffec3d1d543979ca4ca2f5d371f265', operation='INSERT', pgid='pgtrigger_insert_insert_dec15', table='fund_bidtranslation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bidtranslation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fund_bidtranslationevent" ("asked_at", "done_at", "done_by_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "submission_id") VALUES (NEW."asked_at", NEW."done_at", NEW."done_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."status", NEW."submission_id"); RETURN NULL;', hash='c4fdd099a38680cc0bc5a9e956706cd1fb112728', operation='UPDATE', pgid='pgtrigger_update_update_647c5', table='fund_bidtranslation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bidtranslation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_bidtranslationevent" ("asked_at", "done_at", "done_by_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "submission_id") VALUES (OLD."asked_at", OLD."done_at", OLD."done_by_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."status", OLD."submission_id"); RETURN NULL;', hash='3538dc930200875b083b85557566d24bc579ddb4', operation='DELETE', pgid='pgtrigger_delete_delete_f328d', table='fund_bidtranslation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bidtranslationevent',
            trigger=pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.pgh_context := kernel_stamped(NEW.pgh_context); RETURN NEW;', hash='25a33b2658be49b7c804e2ff267ebb301ab4220b', operation='INSERT', pgid='pgtrigger_stamp_cb3ad', table='fund_bidtranslationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bidtranslationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='90366863b08d456f7abd100c5db680c5bb354e51', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_681ce', table='fund_bidtranslationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_citationevent" ("bid_id", "id", "link", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "title") VALUES (NEW."bid_id", NEW."id", NEW."link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."source_id", NEW."title"); RETURN NULL;', hash='35371d90c8055094e31fad3918b97f9f706c1410', operation='INSERT', pgid='pgtrigger_insert_insert_adc49', table='fund_citation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fund_citationevent" ("bid_id", "id", "link", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "title") VALUES (NEW."bid_id", NEW."id", NEW."link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."source_id", NEW."title"); RETURN NULL;', hash='5c9a75f31c0b1186dae3fe5fce749525f6f7202d', operation='UPDATE', pgid='pgtrigger_update_update_7425a', table='fund_citation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_citationevent" ("bid_id", "id", "link", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "title") VALUES (OLD."bid_id", OLD."id", OLD."link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."source_id", OLD."title"); RETURN NULL;', hash='6705166153ec68bb04c2645028e06f217fbb0aad', operation='DELETE', pgid='pgtrigger_delete_delete_cb036', table='fund_citation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citationevent',
            trigger=pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.pgh_context := kernel_stamped(NEW.pgh_context); RETURN NEW;', hash='2b574c8803f1f30f768b3ca213f1ad5859f06f15', operation='INSERT', pgid='pgtrigger_stamp_29b37', table='fund_citationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f9370d87c853167bfa890528b7c2af67dc72debe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_73f97', table='fund_citationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commentlink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_commentlinkevent" ("bid_id", "expires_at", "id", "made_at", "made_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (NEW."bid_id", NEW."expires_at", NEW."id", NEW."made_at", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."revoked_at"); RETURN NULL;', hash='470dc62bee835d464cceee0849d15c1b0b5312f0', operation='INSERT', pgid='pgtrigger_insert_insert_f3aff', table='fund_commentlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commentlink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."bid_id" IS DISTINCT FROM (NEW."bid_id") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at"))', func='INSERT INTO "fund_commentlinkevent" ("bid_id", "expires_at", "id", "made_at", "made_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (NEW."bid_id", NEW."expires_at", NEW."id", NEW."made_at", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."revoked_at"); RETURN NULL;', hash='596e31f69384d1979f4a59a4d93ec3eb23ea2301', operation='UPDATE', pgid='pgtrigger_update_update_4e97d', table='fund_commentlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commentlink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_commentlinkevent" ("bid_id", "expires_at", "id", "made_at", "made_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (OLD."bid_id", OLD."expires_at", OLD."id", OLD."made_at", OLD."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."revoked_at"); RETURN NULL;', hash='d6a3a217e856b15f5cba179c44f93c0a693d4239', operation='DELETE', pgid='pgtrigger_delete_delete_8e230', table='fund_commentlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commentevent',
            trigger=pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.pgh_context := kernel_stamped(NEW.pgh_context); RETURN NEW;', hash='671b011aaacc1b25e100d6b384465d9da1b187da', operation='INSERT', pgid='pgtrigger_stamp_e7612', table='fund_commentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='30569adad1f6d63ee18bfbe10edebce4e6e6111d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5c5f0', table='fund_commentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_commentevent" ("answer_id", "at", "bid_id", "by_id", "done_at", "done_by_id", "id", "link_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."answer_id", NEW."at", NEW."bid_id", NEW."by_id", NEW."done_at", NEW."done_by_id", NEW."id", NEW."link_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='69cc353d5a7ba2c44161ea01db66479c80e2ce21', operation='INSERT', pgid='pgtrigger_insert_insert_19d47', table='fund_comment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer_id" IS DISTINCT FROM (NEW."answer_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."bid_id" IS DISTINCT FROM (NEW."bid_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."done_at" IS DISTINCT FROM (NEW."done_at") OR OLD."done_by_id" IS DISTINCT FROM (NEW."done_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."link_id" IS DISTINCT FROM (NEW."link_id"))', func='INSERT INTO "fund_commentevent" ("answer_id", "at", "bid_id", "by_id", "done_at", "done_by_id", "id", "link_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."answer_id", NEW."at", NEW."bid_id", NEW."by_id", NEW."done_at", NEW."done_by_id", NEW."id", NEW."link_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='eae5db2ecc301885e29767b4c0ffa68ef05db8ae', operation='UPDATE', pgid='pgtrigger_update_update_2d900', table='fund_comment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_commentevent" ("answer_id", "at", "bid_id", "by_id", "done_at", "done_by_id", "id", "link_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."answer_id", OLD."at", OLD."bid_id", OLD."by_id", OLD."done_at", OLD."done_by_id", OLD."id", OLD."link_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='57e25c1be620a7b625a28fda87db853a96b43246', operation='DELETE', pgid='pgtrigger_delete_delete_fda36', table='fund_comment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commentlinkevent',
            trigger=pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.pgh_context := kernel_stamped(NEW.pgh_context); RETURN NEW;', hash='57f14a69bc28f5fe4e288cf62b88f6b084bb1e24', operation='INSERT', pgid='pgtrigger_stamp_e6e78', table='fund_commentlinkevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commentlinkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4356605b7d19721ecb5e47f93bb1c00754c63b1a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0c423', table='fund_commentlinkevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costline',
            trigger=pgtrigger.compiler.Trigger(name='of_the_form', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF NOT EXISTS (SELECT FROM fund_bid b JOIN fund_costcategory c\n                    ON c.round_id = b.round_id AND c.form_version = b.form_version\n                    WHERE b.id = NEW.bid_id AND c.id = NEW.category_id) THEN\n                    RAISE EXCEPTION 'the category is of another form' USING ERRCODE = 'check_violation', CONSTRAINT = 'cost_line_category_of_the_form'; END IF;\n                IF NOT EXISTS (SELECT FROM fund_bid b WHERE b.id = NEW.bid_id AND b.lead_id = NEW.organisation_id)\n                    AND NOT EXISTS (SELECT FROM fund_partner p\n                        WHERE p.bid_id = NEW.bid_id AND p.organisation_id = NEW.organisation_id) THEN\n                    RAISE EXCEPTION 'the organisation is not in the bid' USING ERRCODE = 'check_violation', CONSTRAINT = 'cost_line_of_who_takes_part'; END IF;\n                RETURN NEW;\n                ", hash='a1a9e654e8e0e4638041322e0433de5150f25559', operation='INSERT OR UPDATE', pgid='pgtrigger_of_the_form_7b6ca', table='fund_costline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costline',
            trigger=pgtrigger.compiler.Trigger(name='version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version := OLD.version + 1; RETURN NEW;', hash='e72d76512d8fbb50108202a2be461004e343ec9e', operation='UPDATE', pgid='pgtrigger_version_c2f9f', table='fund_costline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_costlineevent" ("amount_pence", "bid_id", "category_id", "funding", "id", "kind", "note", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") VALUES (NEW."amount_pence", NEW."bid_id", NEW."category_id", NEW."funding", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."version", NEW."year"); RETURN NULL;', hash='1b76d7bf5fa2f5c84e9d2af673335c3f344e6ee8', operation='INSERT', pgid='pgtrigger_insert_insert_89b85', table='fund_costline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fund_costlineevent" ("amount_pence", "bid_id", "category_id", "funding", "id", "kind", "note", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") VALUES (NEW."amount_pence", NEW."bid_id", NEW."category_id", NEW."funding", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."version", NEW."year"); RETURN NULL;', hash='4e27f4c1299daac148237131ffdd52b7bf4c31da', operation='UPDATE', pgid='pgtrigger_update_update_e1b34', table='fund_costline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_costlineevent" ("amount_pence", "bid_id", "category_id", "funding", "id", "kind", "note", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") VALUES (OLD."amount_pence", OLD."bid_id", OLD."category_id", OLD."funding", OLD."id", OLD."kind", OLD."note", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."version", OLD."year"); RETURN NULL;', hash='be28cd619fc038c6591fe0db35fcd91954715c95', operation='DELETE', pgid='pgtrigger_delete_delete_a1984', table='fund_costline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costlineevent',
            trigger=pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.pgh_context := kernel_stamped(NEW.pgh_context); RETURN NEW;', hash='8588cac49cac0265e3e3630afe5d4a89fb31e607', operation='INSERT', pgid='pgtrigger_stamp_0dc73', table='fund_costlineevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costlineevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aa156667baef66532c940d8c68794e4af5416fff', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_02972', table='fund_costlineevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signatory',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_signatoryevent" ("expires_at", "id", "invited_at", "invited_by_id", "language", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (NEW."expires_at", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."language", NEW."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."revoked_at"); RETURN NULL;', hash='153baac688e2bfa18337f8716ae9319c7ee572a6', operation='INSERT', pgid='pgtrigger_insert_insert_02213', table='fund_signatory', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signatory',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at"))', func='INSERT INTO "fund_signatoryevent" ("expires_at", "id", "invited_at", "invited_by_id", "language", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (NEW."expires_at", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."language", NEW."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."revoked_at"); RETURN NULL;', hash='12e2d633b1aa57ea4ddf5355ca969b41b429c66b', operation='UPDATE', pgid='pgtrigger_update_update_db5ff', table='fund_signatory', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signatory',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_signatoryevent" ("expires_at", "id", "invited_at", "invited_by_id", "language", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (OLD."expires_at", OLD."id", OLD."invited_at", OLD."invited_by_id", OLD."language", OLD."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."revoked_at"); RETURN NULL;', hash='a4086fc5fd2bf729da750d8ee04ed418250b0d52', operation='DELETE', pgid='pgtrigger_delete_delete_e1f79', table='fund_signatory', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commitmentevent',
            trigger=pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.pgh_context := kernel_stamped(NEW.pgh_context); RETURN NEW;', hash='78372a787623e1e29adf7a6e91aa7dad15d1ac18', operation='INSERT', pgid='pgtrigger_stamp_2e899', table='fund_commitmentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commitmentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c8ec1bacf87d8b8b93a2bea1152e1e81d64c4518', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_94623', table='fund_commitmentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_commitmentevent" ("authority", "decided_on", "id", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "recorded_at", "recorded_by_id", "reference", "role", "share_pence", "signatory_id", "voided_at", "voided_why_cy", "voided_why_en") VALUES (NEW."authority", NEW."decided_on", NEW."id", NEW."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."post", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."role", NEW."share_pence", NEW."signatory_id", NEW."voided_at", NEW."voided_why_cy", NEW."voided_why_en"); RETURN NULL;', hash='72688d81972cfe179a774d472fbbd099b9caedb4', operation='INSERT', pgid='pgtrigger_insert_insert_f8d86', table='fund_commitment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."authority" IS DISTINCT FROM (NEW."authority") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."post" IS DISTINCT FROM (NEW."post") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."share_pence" IS DISTINCT FROM (NEW."share_pence") OR OLD."signatory_id" IS DISTINCT FROM (NEW."signatory_id") OR OLD."voided_at" IS DISTINCT FROM (NEW."voided_at") OR OLD."voided_why_cy" IS DISTINCT FROM (NEW."voided_why_cy") OR OLD."voided_why_en" IS DISTINCT FROM (NEW."voided_why_en"))', func='INSERT INTO "fund_commitmentevent" ("authority", "decided_on", "id", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "recorded_at", "recorded_by_id", "reference", "role", "share_pence", "signatory_id", "voided_at", "voided_why_cy", "voided_why_en") VALUES (NEW."authority", NEW."decided_on", NEW."id", NEW."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."post", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."role", NEW."share_pence", NEW."signatory_id", NEW."voided_at", NEW."voided_why_cy", NEW."voided_why_en"); RETURN NULL;', hash='6b1a212f593096d7d35fb2aa603af3208afb6b71', operation='UPDATE', pgid='pgtrigger_update_update_6a90e', table='fund_commitment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_commitmentevent" ("authority", "decided_on", "id", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "recorded_at", "recorded_by_id", "reference", "role", "share_pence", "signatory_id", "voided_at", "voided_why_cy", "voided_why_en") VALUES (OLD."authority", OLD."decided_on", OLD."id", OLD."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."post", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."role", OLD."share_pence", OLD."signatory_id", OLD."voided_at", OLD."voided_why_cy", OLD."voided_why_en"); RETURN NULL;', hash='31d368e0374a078d970578410fc67fded6897cff', operation='DELETE', pgid='pgtrigger_delete_delete_867d6', table='fund_commitment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signatoryevent',
            trigger=pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.pgh_context := kernel_stamped(NEW.pgh_context); RETURN NEW;', hash='d8f3458d90af920394c7d0b22ad329f25c2a15dc', operation='INSERT', pgid='pgtrigger_stamp_7dad4', table='fund_signatoryevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signatoryevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5275f3e01287bf272d09d20873e0b0da636cb325', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e2425', table='fund_signatoryevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translatedtext',
            trigger=pgtrigger.compiler.Trigger(name='version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version := OLD.version + 1; RETURN NEW;', hash='01d000bf44741a8eb214ccea388581eb35671288', operation='UPDATE', pgid='pgtrigger_version_4eae9', table='fund_translatedtext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translatedtext',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_translatedtextevent" ("corrected_at", "corrected_by_id", "id", "key", "label_cy", "label_en", "order", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "translation_id", "version") VALUES (NEW."corrected_at", NEW."corrected_by_id", NEW."id", NEW."key", NEW."label_cy", NEW."label_en", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."source", NEW."text", NEW."translation_id", NEW."version"); RETURN NULL;', hash='2ee59a6212e24840c4ffdd6360c56a1daf86cf5f', operation='INSERT', pgid='pgtrigger_insert_insert_afd82', table='fund_translatedtext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translatedtext',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fund_translatedtextevent" ("corrected_at", "corrected_by_id", "id", "key", "label_cy", "label_en", "order", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "translation_id", "version") VALUES (NEW."corrected_at", NEW."corrected_by_id", NEW."id", NEW."key", NEW."label_cy", NEW."label_en", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."source", NEW."text", NEW."translation_id", NEW."version"); RETURN NULL;', hash='cd213434e252727412472ae1d9849c16c6818625', operation='UPDATE', pgid='pgtrigger_update_update_2dfe2', table='fund_translatedtext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translatedtext',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fund_translatedtextevent" ("corrected_at", "corrected_by_id", "id", "key", "label_cy", "label_en", "order", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text", "translation_id", "version") VALUES (OLD."corrected_at", OLD."corrected_by_id", OLD."id", OLD."key", OLD."label_cy", OLD."label_en", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."source", OLD."text", OLD."translation_id", OLD."version"); RETURN NULL;', hash='6aec8f879fd1c658d1663b425e189d069e774031', operation='DELETE', pgid='pgtrigger_delete_delete_15a36', table='fund_translatedtext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translatedtextevent',
            trigger=pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.pgh_context := kernel_stamped(NEW.pgh_context); RETURN NEW;', hash='1b3e115f27f032dc59995052d07a6268d2787bb5', operation='INSERT', pgid='pgtrigger_stamp_06ef6', table='fund_translatedtextevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='translatedtextevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7f0a4daac3dc4086f6627df8f1dea74f8fb32af2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_421ca', table='fund_translatedtextevent', when='BEFORE')),
        ),
    ]
