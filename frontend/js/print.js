// <button data-print>: without this script the browser's own print gives the same sheet.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    window.print();
  }
});
// The button stays hidden where it could do nothing.
for (const button of document.querySelectorAll("[data-print][hidden]")) {
  button.hidden = false;
}
