// What of the page's pictures stands out too little: each text by 4.5:1 from what it is written on, each mark by 3:1 from
// what it stands on, by its fill or by its edge. Gives {texts, marks, faults}.
() => {
  const GRID = "#c3d0cc"; // lines behind a picture, which tell nothing by themselves
  const channels = text => text.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(one => one / 255).map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const paint = (element, property) => {
    const said = getComputedStyle(element)[property];
    const pattern = said.match(/url\(.*#([^")]+)"?\)/);
    if (pattern) return channels(getComputedStyle(document.getElementById(pattern[1]).querySelector("rect")).fill);
    return said === "none" ? null : channels(said);
  };
  const opaque = element => parseFloat(getComputedStyle(element).fillOpacity) > 0.9;
  const ground = (element, kinds) => { // what is painted below the middle of an element: one of these, or a box of the page
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const box = element.getBoundingClientRect();
    const all = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const under = all.slice(all.indexOf(element) + 1);
    for (const one of under) {
      if (one.ownerSVGElement && kinds.includes(one.tagName)) {
        const fill = paint(one, "fill");
        if (fill && opaque(one)) return fill;
      }
      if (!one.ownerSVGElement) {
        const fill = channels(getComputedStyle(one).backgroundColor);
        if (fill.length === 3 || fill[3] === 1) return fill;
      }
    }
    return [255, 255, 255];
  };
  const told = { texts: 0, marks: 0, faults: [] };
  const judge = (element, found, on, least) => {
    const best = Math.max(...found.filter(Boolean).map(one => contrast(one, on)));
    if (best < least) told.faults.push(`${element.outerHTML.slice(0, 140)}: ${best.toFixed(2)} on ${on}`);
  };
  document.querySelectorAll("main details").forEach(one => { one.open = true; });
  document.querySelectorAll(".portal-chart text, .portal-tile-map text").forEach(one => {
    told.texts += 1;
    judge(one, [paint(one, "fill")], ground(one, ["rect", "path", "circle", "polygon"]), 4.5);
  });
  const kinds = ["rect", "path", "circle", "polygon", "polyline", "line"];
  const marks = [".portal-chart", ".portal-tile-map", ".portfolio-legend"].flatMap(place => kinds.map(kind => `${place} ${kind}`));
  document.querySelectorAll(marks.join(", ")).forEach(one => {
    const stroke = one.getAttribute("stroke"), plate = one.tagName === "rect" && !stroke && one.getAttribute("fill") === "#ffffff";
    if (one.closest("defs") || stroke === GRID || plate || (!stroke && !opaque(one))) return;
    told.marks += 1;
    judge(one, [opaque(one) ? paint(one, "fill") : null, paint(one, "stroke")], ground(one, ["rect"]), 3); // points may lie on each other: a bar is what they lie on
  });
  document.querySelectorAll(".portal-chart pattern path").forEach(one => {
    judge(one, [paint(one, "stroke")], channels(getComputedStyle(one.parentElement.querySelector("rect")).fill), 3);
  });
  return told;
}
