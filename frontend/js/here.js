// <button data-here hidden> beside the field named "near": where the visitor is, rounded to some hundred metres before it
// leaves the device. <figure data-pick> with data-* of the drawing: a tap on the map is a place too.
const rounded = (number) => number.toFixed(3);

for (const button of document.querySelectorAll("[data-here]")) {
  if (!navigator.geolocation) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const form = button.form;
      form.elements.namedItem("near").value = `${rounded(coords.latitude)},${rounded(coords.longitude)}`;
      form.requestSubmit();
    });
  });
}

for (const frame of document.querySelectorAll("[data-pick]")) {
  const button = frame.querySelector("[data-pick-start]");
  const svg = frame.querySelector("svg[viewBox]");
  if (!button || !svg) continue;
  const { west, north, across, down, edge } = Object.fromEntries(
    Object.entries(frame.dataset).map(([name, value]) => [name, Number(value)]),
  );
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    svg.classList.toggle("qw-map--pick", on);
  });
  svg.addEventListener(
    "click",
    (event) => {
      if (button.getAttribute("aria-pressed") !== "true") return;
      event.preventDefault();
      event.stopPropagation();
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const longitude = west + (at.x - edge) / across;
      const latitude = north - (at.y - edge) / down;
      const query = new URLSearchParams(location.search);
      query.set("near", `${rounded(latitude)},${rounded(longitude)}`);
      query.delete("page");
      location.search = query;
    },
    true,
  );
}
