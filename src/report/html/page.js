"use strict";
// What a page does more when script runs: it opens what a link points at, opens the elements for print, and sorts and filters the matrix. It keeps
// nothing.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const own = target.matches("details") ? target : target.matches(".element") ? target.querySelector("details") : null;
    if (own) own.open = true;
    for (let up = target.parentElement; up; up = up.parentElement) if (up.matches("details")) up.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open], .sheet, .source, .asks, .key)");
    closed.forEach((details) => (details.open = true));
  });
  addEventListener("afterprint", () => closed.forEach((details) => (details.open = false)));

  for (const tools of all(".tools[hidden]")) {
    tools.hidden = false;
    const set = (open) => all(".element > details", tools.closest(".framework")).forEach((details) => (details.open = open(details)));
    tools.addEventListener("click", ({ target }) => {
      if (target.value === "all") set(() => true);
      if (target.value === "none") set(() => false);
      if (target.value === "findings") set((details) => details.hasAttribute("data-finding"));
    });
  }

  const order = new Intl.Collator("nl", { numeric: true });

  for (const matrix of all(".matrix")) {
    const body = matrix.querySelector("tbody");
    const rows = [...body.rows];
    const heads = all(".heads th", matrix);
    const value = (row, column) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();

    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = "↕";
      button.setAttribute("aria-label", "Sorteer op " + head.textContent.trim());
      head.append(button);
      button.addEventListener("click", () => {
        const first = head.dataset.sort === "text" ? "ascending" : "descending";
        const now = head.getAttribute("aria-sort");
        const way = !now ? first : now === "ascending" ? "descending" : "ascending";
        for (const other of heads) {
          other.removeAttribute("aria-sort");
          other.querySelector(".sort").textContent = "↕";
        }
        head.setAttribute("aria-sort", way);
        button.textContent = way === "ascending" ? "↑" : "↓";
        const sign = way === "ascending" ? 1 : -1;
        const sorted = [...rows].sort((a, b) => sign * order.compare(value(a, column), value(b, column)));
        body.append(...sorted);
      });
    });

    const form = matrix.querySelector(".filter");
    const status = form.querySelector("[role=status]");
    const filter = () => {
      const [name, norm, verdict] = ["name", "norm", "verdict"].map((field) => form.elements[field].value);
      const wanted = name.trim().toLocaleLowerCase("nl");
      let shown = 0;
      for (const row of rows) {
        const cells = [...row.cells].filter((cell) => cell.dataset.n && (!norm || cell.dataset.n === norm));
        const fits = row.cells[0].textContent.toLocaleLowerCase("nl").includes(wanted);
        row.hidden = !(fits && (!verdict || cells.some((cell) => cell.dataset.v === verdict)));
        if (!row.hidden) shown += 1;
      }
      status.textContent = shown + " van " + rows.length + " getoond";
    };
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    filter();
  }
})();
