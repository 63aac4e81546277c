// Passkeys: the browser asks for finger, face or PIN and the form takes its answer along. Without this file the
// password and the codes of an app still work.
//   <form data-passkey="create|get|sign-in" data-passkey-options="ID of a JSON block"> with <input name="credential">,
//   a submit button and <p data-passkey-failed hidden>; "sign-in" fetches the options from the form's address.
const toBytes = (text) => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
};
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const readable = (options) => {
  const key = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: toBytes(key.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return { publicKey: key };
};

const sendable = (credential) => {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
};

const ask = async (form) => {
  if (form.dataset.passkey === "sign-in") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    return navigator.credentials.get(readable((await answer.json()).request_options));
  }
  const said = JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  if (form.dataset.passkey === "get") return navigator.credentials.get(readable(said.request_options));
  const options = readable(said.creation_options);
  const alone = form.elements.namedItem("passwordless");
  if (alone) {
    const needs = { residentKey: alone.checked ? "required" : "discouraged", requireResidentKey: alone.checked };
    if (alone.checked) needs.userVerification = "required";
    options.publicKey.authenticatorSelection = { ...options.publicKey.authenticatorSelection, ...needs };
  }
  return navigator.credentials.create(options);
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-passkey-failed]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        form.elements.namedItem("credential").value = JSON.stringify(sendable(await ask(form)));
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
}
