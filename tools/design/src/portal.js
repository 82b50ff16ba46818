// Makes pages nicer where script runs; every page works without it.
import { createAll } from "../node_modules/govuk-frontend/dist/govuk/init.mjs";
import { Button } from "../node_modules/govuk-frontend/dist/govuk/components/button/button.mjs";
import { Checkboxes } from "../node_modules/govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "../node_modules/govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "../node_modules/govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { Radios } from "../node_modules/govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { ServiceNavigation } from "../node_modules/govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "../node_modules/govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { Tabs } from "../node_modules/govuk-frontend/dist/govuk/components/tabs/tabs.mjs";
import { Count } from "./count.js";
import { keepDrafts } from "./drafts.js";
import { warnOfTimeout } from "./timeout.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
for (const component of [Button, Count, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, Tabs]) {
  createAll(component);
}
keepDrafts();
warnOfTimeout();
