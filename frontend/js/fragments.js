// htmx takes its settings from the page's head; the token against forged requests comes from a form on the page.
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers, elt } = event.detail;
  if (verb === "get") return;
  const form = elt.closest("form") || document;
  const token =
    form.querySelector("input[name=csrfmiddlewaretoken]") ||
    document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) headers["X-CSRFToken"] = token.value;
});
