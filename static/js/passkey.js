// A passkey is made or asked for by the browser; the form sends its answer. Without this the page offers a code.

const form = document.querySelector("form[data-passkey]");
const can = "credentials" in navigator && window.PublicKeyCredential?.parseCreationOptionsFromJSON;

async function answer(options) {
  if (form.dataset.passkeyKind === "new") {
    const made = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return navigator.credentials.create({ publicKey: made });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

if (form && can) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const credential = await answer(JSON.parse(form.dataset.passkey).publicKey);
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      document.querySelector("[data-passkey-failed]").hidden = false;
    }
  });
}
