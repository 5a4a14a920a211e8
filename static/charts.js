// Draws the charts of the dock with uPlot: curves, and behind them heat, bands and lanes, which uPlot leaves to its
// hooks. Fetched with uPlot when the charts are first shown; what is to be drawn comes from src/scene/run/charts.rs.
//
// callchainCharts.create(host, seek) gives { update(board), destroy() }; `seek` gets the chosen second.

(() => {
  const uPlot = window.uPlot;
  if (!uPlot) return;

  /** How each curve looks: a colour of tokens.css, how much of it fills what is below, upon which one it stands. */
  const LOOKS = {
    good: { ink: "--okfill", fill: 0.34, width: 1.2 },
    bad: { ink: "--badfill", fill: 0.62, width: 0, on: "good" },
    sent: { ink: "--req", width: 1.5 },
    nearly: { ink: "--chart-c", width: 1.3 },
    most: { ink: "--req", width: 2 },
    half: { ink: "--chart-b", width: 1.3 },
    first: { ink: "--req", fill: 0.28, width: 1.2 },
    again: { ink: "--warnfill", fill: 0.6, width: 0, on: "first" },
    failed: { ink: "--badfill", width: 1.5 },
    waiting: { ink: "--warnfill", fill: 0.22, width: 1.6 },
    busy: { ink: "--req", width: 1.6 },
    limit: { ink: "--faint", width: 1.2, dash: [2, 3], quiet: true },
    number0: { ink: "--req", width: 1.8 },
    number1: { ink: "--chart-c", width: 1.8 },
    number2: { ink: "--chart-b", width: 1.8 },
    number3: { ink: "--soft", width: 1.8 },
    old: { ink: "--faint", width: 1.3, dash: [4, 3], quiet: true },
  };
  const SYNC = "callchain";
  const LABEL = 11;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /** The same colour, let through: `share` of it is left. */
  function thin(name, share) {
    const hex = colour(name).slice(1);
    const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex.slice(0, 6);
    return `#${full}${Math.round(share * 255).toString(16).padStart(2, "0")}`;
  }

  // The texts and the language of the page, which come with each board.
  let texts = { decimal: "." };

  /** A number with at most, or with exactly, so many decimals, as src/text/format.rs writes it. */
  const trim = (number, digits) => localised(String(Number(number.toFixed(digits))));
  const fixed = (number, digits) => localised(number.toFixed(digits));
  const localised = (number) => number.replace(".", texts.decimal);

  /** A number with its unit, as src/text/format.rs writes it. */
  function inWords(unit, value) {
    if (value === null || value === undefined) return "–";
    if (unit === "share") return value <= -1 ? texts.spent : `${Math.round(value * 100)} %`.replace("-", "−");
    if (unit === "seconds") {
      if (value < 0.001) return `${Math.round(value * 1e6)} µs`;
      if (value < 1) return `${trim(value * 1e3, value < 0.01 ? 1 : 0)} ms`;
      return `${trim(value, value < 10 ? 1 : 0)} s`;
    }
    return value >= 1000 ? `${trim(value / 1000, 1)}k` : trim(value, value < 10 ? 1 : 0);
  }

  /** The least of 1, 1.2, 1.5, 2, … times a power of ten that is at least `value`, so that an axis seldom changes. */
  function rounded(value) {
    let unit = 10 ** Math.floor(Math.log10(value));
    for (;;) {
      for (const factor of [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]) if (unit * factor >= value * 0.999999) return unit * factor;
      unit *= 10;
    }
  }

  /** 1, 2 and 5 times powers of ten between two numbers, or fewer: at most as many as there is room for. */
  function logTicks(low, high, most) {
    const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
    for (const [factors, step] of [[[1, 2, 5], 1], [[1, 3], 1], [[1], 1], [[1], 2], [[1], 3], [[1], 4]]) {
      const ticks = [];
      for (let power = first; power <= last; power++) {
        if (power % step === 0) ticks.push(...factors.map((factor) => factor * 10 ** power));
      }
      const seen = ticks.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
      if (seen.length <= Math.max(most, 2)) return seen;
    }
    return [];
  }

  const element = (name, className, parent) => {
    const made = document.createElement(name);
    made.className = className;
    parent?.append(made);
    return made;
  };

  const values = (numbers) => Array.from(numbers, (value) => (Number.isNaN(value) ? null : value));

  /** One chart: a slider along time for keyboards and screen readers, a canvas for eyes. */
  class Chart {
    constructor(host, seek) {
      this.seek = seek;
      this.root = element("div", "chart", host);
      this.root.tabIndex = 0;
      this.root.setAttribute("role", "slider");
      this.root.setAttribute("aria-valuemin", "0");
      const head = element("div", "chart-head", this.root);
      this.title = element("span", "chart-title", head);
      this.name = element("span", "chart-name", this.title);
      this.measure = element("span", "", this.title);
      this.when = element("span", "chart-when", head);
      this.legend = element("div", "chart-legend", this.root);
      this.plot = element("div", "chart-plot", this.root);
      this.root.addEventListener("keydown", (event) => this.key(event));
      this.root.addEventListener("blur", () => this.point(null));
      this.size = new ResizeObserver(() => this.fit());
      this.size.observe(this.plot);
    }

    update(chart, board) {
      const shape = [chart.unit, ...chart.lines.map((line) => line.look)].join();
      Object.assign(this, { chart, board });
      // Of "Web application: answers" the name is what may be cut.
      this.name.textContent = chart.name;
      this.measure.textContent = chart.measure;
      this.root.setAttribute("aria-label", chart.title);
      this.root.setAttribute("aria-valuemax", board.reached.toFixed(2));
      this.arrange();
      if (shape !== this.shape) {
        this.shape = shape;
        this.forget();
        this.draw();
      } else {
        this.u?.setData(this.data);
      }
      this.read();
    }

    /** The numbers as uPlot wants them: what stands upon something else is drawn first, and behind it. */
    arrange() {
      const { at, lines } = this.chart;
      this.lines = lines.map((line) => ({ ...line, values: values(line.values), ...LOOKS[line.look] }));
      this.drawn = [];
      for (const line of this.lines) {
        const below = line.on && this.lines.find((other) => other.look === line.on);
        const top = below ? line.values.map((value, i) => value === null ? null : value + (below.values[i] ?? 0)) : line.values;
        this.drawn.push({ line, top });
      }
      this.drawn.sort((a, b) => Number(b.line.on !== undefined) - Number(a.line.on !== undefined));
      const nothing = new Array(at.length).fill(null);
      this.data = [Array.from(at), ...(this.drawn.length ? this.drawn.map(({ top }) => top) : [nothing])];
    }

    draw() {
      const { width, height } = this.plot.getBoundingClientRect();
      if (width < 40 || height < 40) return;
      const { unit, lanes } = this.chart;
      const font = `${LABEL}px ${getComputedStyle(this.root).fontFamily}`;
      const axis = { font, stroke: () => colour("--soft"), ticks: { show: false }, border: { show: false } };
      const grid = { stroke: () => colour("--line"), width: 1 };
      const series = this.drawn.map(({ line }) => ({
        label: line.label,
        width: line.width,
        dash: line.dash,
        stroke: () => colour(line.ink),
        fill: line.fill ? () => thin(line.ink, line.fill) : undefined,
        points: { show: false },
        spanGaps: unit === "seconds",
      }));
      const place = (look) => this.drawn.findIndex(({ line }) => line.look === look) + 1;
      const upon = this.drawn.flatMap(({ line }, i) => (line.on && place(line.on) ? [{ series: [i + 1, place(line.on)] }] : []));
      this.u = new uPlot(
        {
          width,
          height,
          // What stands upon another fills only what is between the two: no colour mixes with another.
          bands: upon,
          // Above the answers stands what was done.
          padding: [this.chart.key === "answers" ? 16 : 8, 16, 0, lanes.length ? 10 : 0],
          legend: { show: false },
          select: { show: false },
          cursor: { y: false, drag: { x: false, y: false }, points: { show: false }, sync: { key: SYNC, setSeries: false } },
          scales: {
            x: { time: false, range: () => [0, this.board.end] },
            y: { distr: unit === "seconds" ? 3 : 1, range: () => this.range() },
          },
          axes: [
            { ...axis, size: 24, gap: 7, space: 56, grid: { show: false }, values: (_, all) => all.map((s) => `${trim(s, 2)} s`) },
            {
              ...axis,
              show: !lanes.length,
              size: unit === "rate" || unit === "count" ? 36 : 46,
              gap: 4,
              space: 24,
              grid,
              splits: unit === "seconds" ? (u, _, low, high) => logTicks(low, high, u.bbox.height / uPlot.pxRatio / 17) : undefined,
              filter: (_, all) => all,
              values: (_, all) => all.map((value) => (value === -1 ? "−100 %" : inWords(unit, value))),
            },
          ],
          series: [{}, ...(series.length ? series : [{ points: { show: false } }])],
          hooks: {
            drawClear: [() => this.behind()],
            draw: [() => this.before()],
            setCursor: [() => this.read()],
          },
        },
        this.data,
        this.plot,
      );
      this.u.over.addEventListener("click", () => this.go());
    }

    /** From where to where the values go, rounded so that they need not be followed all the time. */
    range() {
      const { unit, lines, heat } = this.chart;
      const all = this.data.slice(1).flat().filter((value) => value !== null);
      if (unit === "seconds") {
        for (let i = 0; i < heat.length; i += 5) all.push(heat[i + 2], heat[i + 3]);
        const [low, high] = [Math.min(...all, Infinity), Math.max(...all, 0)];
        return high > 0 ? [2 ** Math.floor(Math.log2(low)), 2 ** Math.ceil(Math.log2(high) + 0.2)] : [0.01, 1];
      }
      if (unit === "share") return [Math.min(0, ...all) < 0 ? -1 : 0, lines.length ? 1.04 : 1];
      return [0, rounded(Math.max(1, ...all) * 1.02)];
    }

    x(second) {
      return this.u.valToPos(second, "x", true);
    }

    y(value) {
      return this.u.valToPos(value, "y", true);
    }

    /** What is behind the curves: what was done to the system, alerts, the spread of latencies, the states of breakers. */
    behind() {
      const { ctx, bbox } = this.u;
      ctx.save();
      ctx.beginPath();
      ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
      ctx.clip();
      const band = (from, until, fill) => {
        ctx.fillStyle = fill;
        ctx.fillRect(this.x(from), bbox.top, Math.max(this.x(until) - this.x(from), 1), bbox.height);
      };
      for (const { kind, from, until } of this.board.marks) {
        if (kind === "fault" && until > from) band(from, until, thin("--badfill", 0.1));
      }
      const { bands, heat } = this.chart;
      for (let i = 0; i < bands.length; i += 2) band(bands[i], bands[i + 1], thin("--badfill", 0.22));
      for (let i = 0; i < heat.length; i += 5) {
        const [from, until, low, high, share] = heat.subarray(i, i + 5);
        ctx.fillStyle = thin("--req", 0.04 + 0.3 * Math.sqrt(share));
        const [left, top] = [Math.round(this.x(from)), Math.round(this.y(high))];
        ctx.fillRect(left, top, Math.round(this.x(until)) - left, Math.round(this.y(low)) - top);
      }
      this.lanes(ctx, bbox);
      ctx.restore();
    }

    lanes(ctx, bbox) {
      const { lanes, at } = this.chart;
      const ratio = uPlot.pxRatio;
      const each = Math.min(bbox.height / lanes.length, 40 * ratio);
      lanes.forEach((lane, row) => {
        const top = bbox.top + row * each + 15 * ratio;
        const height = each - 19 * ratio;
        for (let i = 0; i < at.length; i++) {
          const [left, right] = [this.x(at[i] - lane.width / 2), this.x(at[i] + lane.width / 2)];
          const [open, halfOpen] = [lane.states[2 * i] * height, lane.states[2 * i + 1] * height];
          const box = (from, tall, fill) => {
            ctx.fillStyle = fill;
            ctx.fillRect(Math.round(left), from, Math.round(right) - Math.round(left), tall);
          };
          box(top, height, thin("--okfill", 0.32));
          box(top + height - open, open, colour("--badfill"));
          box(top + height - open - halfOpen, halfOpen, colour("--warnfill"));
        }
        this.write(ctx, lane.label, bbox.left, top - 4 * ratio, "left");
      });
    }

    /** What is upon the curves: the moments of what was done, the names of the curves, the present. */
    before() {
      const { ctx, bbox } = this.u;
      const ratio = uPlot.pxRatio;
      ctx.save();
      ctx.font = this.font();
      const upright = (second, dash, ink, width) => {
        ctx.beginPath();
        ctx.setLineDash(dash.map((length) => length * ratio));
        ctx.lineWidth = width * ratio;
        ctx.strokeStyle = colour(ink);
        ctx.moveTo(this.x(second), bbox.top);
        ctx.lineTo(this.x(second), bbox.top + bbox.height);
        ctx.stroke();
      };
      for (const { kind, from, until } of this.board.marks) {
        if (kind === "edit") upright(from, [2, 2], "--soft", 1.2);
        if (kind === "fault") upright(from, [], "--badfill", 1);
        if (kind === "fault" && until > from) upright(until, [], "--badfill", 0.5);
        if (kind === "sent") {
          ctx.fillStyle = colour("--req");
          ctx.fillRect(this.x(from) - ratio, bbox.top + bbox.height - 5 * ratio, 2 * ratio, 5 * ratio);
        }
      }
      upright(this.board.now, [], "--ink", 1.5);
      ctx.setLineDash([]);
      if (this.chart.key === "answers") this.deeds(ctx, bbox, ratio);
      if (this.chart.unit === "seconds") this.names(ctx, bbox, ratio);
      ctx.restore();
    }

    /** What was done, in words, as many as there is room for. */
    deeds(ctx, bbox, ratio) {
      const right = bbox.left + bbox.width;
      let free = bbox.left;
      for (const { kind, from, text } of [...this.board.marks].sort((a, b) => a.from - b.from)) {
        const left = Math.max(Math.min(this.x(from) + 4 * ratio, right - ctx.measureText(text).width), bbox.left);
        if (kind === "sent" || left < free) continue;
        let shown = text;
        while (shown.length > 1 && left + ctx.measureText(shown).width > right) shown = `${shown.slice(0, -2).trimEnd()}…`;
        this.write(ctx, shown, left, bbox.top - 4 * ratio, "left", kind === "fault" ? "--bad" : "--soft");
        free = left + ctx.measureText(shown).width + 8 * ratio;
      }
    }

    /** The names of the curves at their ends, none upon another. */
    names(ctx, bbox, ratio) {
      const ends = this.drawn.filter(({ line }) => !line.quiet).map(({ line, top }) => {
        const last = top.findLastIndex((value) => value !== null);
        return last < 0 ? null : { line, x: this.x(this.chart.at[last]), y: this.y(top[last]) };
      });
      // From the lowest up; of two that end at the same height, the one of the lower share stands lower.
      const all = ends.filter(Boolean).reverse().sort((a, b) => b.y - a.y);
      const right = bbox.left + bbox.width;
      let highest = bbox.top + bbox.height + (LABEL - 2) * ratio;
      for (const end of all) {
        end.fits = end.x + ctx.measureText(end.line.label).width + 8 * ratio < right;
        highest = end.at = Math.min(end.y + (end.fits ? 4 : -4) * ratio, highest - LABEL * ratio);
      }
      let lowest = bbox.top;
      for (const { line, x, fits, at } of all.reverse()) {
        lowest = Math.max(at, lowest + LABEL * ratio);
        this.write(ctx, line.label, fits ? x + 5 * ratio : right - 3 * ratio, lowest, fits ? "left" : "right", line.ink);
      }
    }

    font() {
      return `600 ${LABEL * uPlot.pxRatio}px ${getComputedStyle(this.root).fontFamily}`;
    }

    write(ctx, text, x, y, align, ink = "--soft") {
      ctx.font = this.font();
      ctx.textAlign = align;
      ctx.textBaseline = "alphabetic";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3 * uPlot.pxRatio;
      ctx.strokeStyle = colour("--panel");
      ctx.strokeText(text, x, y);
      ctx.fillStyle = colour(ink);
      ctx.fillText(text, x, y);
    }

    /** The second that the cursor is at, or nothing where there is no cursor. */
    pointed() {
      const left = this.u?.cursor.left ?? -1;
      return left >= 0 ? this.u.posToVal(left, "x") : null;
    }

    /** The index of the last value up to a second. */
    indexAt(second) {
      const { at } = this.chart;
      let index = -1;
      for (let i = 0; i < at.length; i++) {
        if (index < 0 || Math.abs(at[i] - second) < Math.abs(at[index] - second)) index = i;
      }
      return index;
    }

    /** Says the values at the cursor, or now. */
    read() {
      const second = this.pointed() ?? this.board.now;
      let index = this.indexAt(second);
      // Now is before the next piece, and after now only the old future is known.
      const isKnown = () => this.lines.some((line) => line.look !== "old" && line.values[index] !== null);
      while (this.pointed() === null && this.lines.length && index > 0 && !isKnown()) index--;
      const { unit, lanes } = this.chart;
      const said = this.lines.map((line) => ({ line, text: inWords(unit, line.values[index]) }));
      const done = this.board.marks.filter((mark) => mark.from <= second && second <= Math.max(mark.until, mark.from + this.board.end / 200));
      // All charts tell of the same moment: the first one says which, and the one that is pointed at.
      const tells = this.chart === this.board.charts[0] || this.root.matches(":hover, :focus");
      this.when.textContent = !tells ? "" : [`${fixed(second, second < 10 ? 2 : 1)} s`, ...done.slice(-1).map((mark) => mark.text)].join(" · ");
      this.legend.replaceChildren(
        ...said.filter(({ line, text }) => line.look !== "old" || text !== "–").map(({ line, text }) => {
          const entry = this.entry(line.look, line.label);
          entry.append(Object.assign(element("b", ""), { textContent: text }));
          return entry;
        }),
        ...(this.chart.heat.length ? [this.entry("heat", texts.heat)] : []),
      );
      const states = lanes.map((lane) => {
        const [open, halfOpen] = [lane.states[2 * index] ?? 0, lane.states[2 * index + 1] ?? 0];
        return { lane, state: open >= 0.5 ? texts.open : open + halfOpen > 0.02 ? (open > halfOpen ? texts.open : texts.halfOpen) : texts.closed };
      });
      if (lanes.length) this.legendOfStates();
      const values = [...said.map(({ line, text }) => `${line.label} ${text}`), ...states.map(({ lane, state }) => `${lane.label} ${state}`)];
      this.root.setAttribute("aria-valuenow", second.toFixed(2));
      this.root.setAttribute("aria-valuetext", `${fixed(second, 2)} s: ${[...values, ...done.map((mark) => mark.text)].join(", ")}`);
    }

    entry(look, name) {
      const entry = element("span", `chart-entry look-${look}`);
      entry.append(element("i", "chart-swatch"), Object.assign(element("span", "chart-name"), { textContent: name }));
      return entry;
    }

    legendOfStates() {
      this.legend.replaceChildren(this.entry("good", texts.closed), this.entry("again", texts.halfOpen), this.entry("bad", texts.open));
    }

    /** Puts the cursor of all charts at a second. */
    point(second) {
      if (!this.u) return;
      const left = second === null ? -10 : this.u.valToPos(second, "x");
      this.u.setCursor({ left, top: second === null ? -10 : 10 }, true, true);
    }

    key(event) {
      const { at } = this.chart;
      const here = this.pointed() ?? this.board.now;
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -Infinity, End: Infinity }[event.key];
      if (by !== undefined && at.length) {
        const index = Math.min(Math.max(this.indexAt(here) + by, 0), at.length - 1);
        this.point(at[index]);
      } else if (event.key === "Enter" || event.key === " ") {
        this.seek(here);
      } else if (event.key === "Escape" && this.pointed() !== null) {
        this.point(null);
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    }

    go() {
      const second = this.pointed();
      if (second !== null) this.seek(second);
    }

    fit() {
      const { width, height } = this.plot.getBoundingClientRect();
      if (!this.chart || width < 40 || height < 40) return;
      if (this.u) this.u.setSize({ width, height });
      else this.draw();
    }

    forget() {
      this.u?.destroy();
      this.u = undefined;
    }

    destroy() {
      this.size.disconnect();
      this.forget();
      this.root.remove();
    }
  }

  window.callchainCharts = {
    create(host, seek) {
      const charts = new Map();
      let last;

      function update(board) {
        last = board;
        texts = board.texts;
        const shown = new Set(board.charts.map((chart) => chart.key));
        for (const [key, chart] of charts) {
          if (!shown.has(key)) {
            chart.destroy();
            charts.delete(key);
          }
        }
        for (const chart of board.charts) {
          if (!charts.has(chart.key)) charts.set(chart.key, new Chart(host, seek));
          charts.get(chart.key).update(chart, board);
        }
        fill();
      }

      /** The last chart takes what its row has left. */
      function fill() {
        const columns = getComputedStyle(host).gridTemplateColumns.split(" ").length;
        const all = [...charts.values()];
        const left = (columns - (all.length % columns)) % columns;
        all.forEach((chart, i) => (chart.root.style.gridColumnEnd = i === all.length - 1 ? `span ${left + 1}` : ""));
      }
      const size = new ResizeObserver(fill);
      size.observe(host);

      // Colours are read when something is drawn, so a change of them is one to draw again.
      const repaint = () => {
        for (const chart of charts.values()) chart.forget();
        for (const chart of charts.values()) chart.shape = undefined;
        if (last) update(last);
      };
      const watch = new MutationObserver(repaint);
      watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });

      function destroy() {
        watch.disconnect();
        size.disconnect();
        for (const chart of charts.values()) chart.destroy();
        charts.clear();
      }
      return { update, destroy };
    },
  };
})();
