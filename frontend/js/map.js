// <figure data-map> with an <svg viewBox> and buttons [data-zoom="in|out|all"] (hidden until this script runs).
// Drag with mouse, pen or two fingers; one finger keeps scrolling the page.
const STEP = 1.5;
const DEEPEST = 8;

function movable(figure) {
  const svg = figure.querySelector("svg[viewBox]");
  const whole = svg.viewBox.baseVal;
  const all = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
  let view = { ...all };

  const within = (value, low, high) => Math.min(Math.max(value, low), high);
  const apply = (next) => {
    const w = within(next.w, all.w / DEEPEST, all.w);
    const h = (w / all.w) * all.h;
    view = {
      w,
      h,
      x: within(next.x, all.x, all.x + all.w - w),
      y: within(next.y, all.y, all.y + all.h - h),
    };
    svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].map((v) => v.toFixed(2)).join(" "));
    figure.querySelector('[data-zoom="in"]').disabled = view.w <= all.w / DEEPEST + 0.01;
    for (const name of ["out", "all"]) {
      figure.querySelector(`[data-zoom="${name}"]`).disabled = view.w >= all.w - 0.01;
    }
  };
  const zoom = (factor, cx = view.x + view.w / 2, cy = view.y + view.h / 2) => {
    const w = within(view.w / factor, all.w / DEEPEST, all.w);
    const ratio = w / view.w;
    apply({ w, x: cx - (cx - view.x) * ratio, y: cy - (cy - view.y) * ratio });
  };
  const perPixel = () => view.w / svg.getBoundingClientRect().width;

  figure.querySelector("[data-zoom]").parentElement.hidden = false;
  figure.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (!button) return;
    if (button.dataset.zoom === "all") apply(all);
    else zoom(button.dataset.zoom === "in" ? STEP : 1 / STEP);
  });

  const fingers = new Map();
  let moved = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, event);
    moved = false;
  });
  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const others = [...fingers.values()].filter((finger) => finger.pointerId !== event.pointerId);
    const dx = event.clientX - before.clientX;
    const dy = event.clientY - before.clientY;
    if (!others.length && (event.pointerType === "touch" || Math.hypot(dx, dy) < 3)) return;
    const scale = perPixel();
    apply({ ...view, x: view.x - dx * scale, y: view.y - dy * scale });
    if (others.length) {
      const apart = (a, b) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      zoom(apart(event, others[0]) / Math.max(1, apart(before, others[0])));
    }
    moved = true;
    fingers.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
    svg.addEventListener(name, (event) => fingers.delete(event.pointerId));
  }
  // A drag that ends on an area must not open it.
  svg.addEventListener("click", (event) => moved && event.preventDefault(), true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  apply(view);
}

for (const figure of document.querySelectorAll("[data-map]")) {
  movable(figure);
}
