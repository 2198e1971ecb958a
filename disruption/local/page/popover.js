// What opens beside an element, or at a point, and goes when one looks elsewhere.

/** Show a panel; it leaves the page when it closes. */
export function openPopover(panel, anchor) {
  panel.popover = "auto";
  panel.addEventListener("toggle", (event) => event.newState === "closed" && panel.remove());
  // Everything outside of an open dialog is out of reach: what belongs to it goes inside.
  const host = anchor.closest?.("dialog") ?? document.body;
  host.append(panel);
  panel.showPopover();
  place(panel, anchor);
}

function place(panel, anchor) {
  const box = anchor.getBoundingClientRect ? anchor.getBoundingClientRect() : { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y };
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = box.bottom + height + 8 < window.innerHeight;
  const top = below ? box.bottom + 4 : Math.max(8, box.top - height - 4);
  panel.style.top = `${Math.max(8, Math.min(top, window.innerHeight - height - 8))}px`;
  panel.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - width - 8))}px`;
}
