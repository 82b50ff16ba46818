// Counts as the portal does when it checks: words are runs without white space, characters are code points.
import { CharacterCount } from "../node_modules/govuk-frontend/dist/govuk/components/character-count/character-count.mjs";

export class Count extends CharacterCount {
  updateCount() {
    const text = this.$textarea.value;
    this.count = this.config.countType === "words" ? (text.match(/\S+/g) ?? []).length : [...text].length;
  }
}
