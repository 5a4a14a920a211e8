// The page of the measurement: 50 boxes in SVG, and over them dots that move every frame, drawn in one of several ways.
// `measure(way, dots, frames)` gives the milliseconds of script and the milliseconds between frames, as medians.

const WIDTH = 1200, HEIGHT = 800, BOXES = 50;
const COLOURS = ["#0072b2", "#009e73", "#e69f00", "#d55e00"];
const NS = "http://www.w3.org/2000/svg";

const svg = document.body.appendChild(document.createElementNS(NS, "svg"));
const boxes = Array.from({ length: BOXES }, (_, i) => ({ x: 20 + (i % 10) * 118, y: 30 + Math.floor(i / 10) * 155 }));
for (const { x, y } of boxes) {
  const box = svg.appendChild(document.createElementNS(NS, "rect"));
  for (const [k, v] of Object.entries({ x, y, width: 84, height: 58, rx: 8, fill: "#fffefb", stroke: "#1d2126" })) box.setAttribute(k, v);
}

/** The dots of one moment: each travels between two boxes, as a function of the time alone. */
function places(count, at, out) {
  for (let i = 0; i < count; i++) {
    const a = boxes[i % BOXES], b = boxes[(i * 7 + 3) % BOXES];
    const share = (at / 1500 + i * 0.6180339887) % 1;
    out[2 * i] = a.x + 42 + (b.x - a.x) * share;
    out[2 * i + 1] = a.y + 29 + (b.y - a.y) * share;
  }
}

function canvas2d() {
  const canvas = document.body.appendChild(document.createElement("canvas"));
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  return [canvas, canvas.getContext("2d")];
}

const WAYS = {
  svg(count) {
    const layer = svg.appendChild(document.createElementNS(NS, "g"));
    const dots = Array.from({ length: count }, (_, i) => {
      const dot = layer.appendChild(document.createElementNS(NS, "circle"));
      dot.setAttribute("r", 4);
      dot.setAttribute("fill", COLOURS[i % 4]);
      return dot;
    });
    const draw = (at) => dots.forEach((dot, i) => {
      dot.setAttribute("cx", at[2 * i]);
      dot.setAttribute("cy", at[2 * i + 1]);
    });
    return [draw, () => layer.remove()];
  },
  "canvas arc, by colour"(count) {
    const [canvas, c] = canvas2d();
    const draw = (at) => {
      c.clearRect(0, 0, WIDTH, HEIGHT);
      COLOURS.forEach((colour, k) => {
        c.fillStyle = colour;
        c.beginPath();
        for (let i = k; i < count; i += 4) {
          c.moveTo(at[2 * i] + 4, at[2 * i + 1]);
          c.arc(at[2 * i], at[2 * i + 1], 4, 0, 2 * Math.PI);
        }
        c.fill();
      });
    };
    return [draw, () => canvas.remove()];
  },
  "canvas arc, one by one"(count) {
    const [canvas, c] = canvas2d();
    const draw = (at) => {
      c.clearRect(0, 0, WIDTH, HEIGHT);
      for (let i = 0; i < count; i++) {
        c.fillStyle = COLOURS[i % 4];
        c.beginPath();
        c.arc(at[2 * i], at[2 * i + 1], 4, 0, 2 * Math.PI);
        c.fill();
      }
    };
    return [draw, () => canvas.remove()];
  },
  "canvas round dashes"(count) {
    const [canvas, c] = canvas2d();
    const draw = (at) => {
      c.clearRect(0, 0, WIDTH, HEIGHT);
      c.lineCap = "round";
      c.lineWidth = 8;
      COLOURS.forEach((colour, k) => {
        c.strokeStyle = colour;
        c.beginPath();
        for (let i = k; i < count; i += 4) {
          c.moveTo(at[2 * i], at[2 * i + 1]);
          c.lineTo(at[2 * i] + 0.01, at[2 * i + 1]);
        }
        c.stroke();
      });
    };
    return [draw, () => canvas.remove()];
  },
  "canvas fillRect"(count) {
    const [canvas, c] = canvas2d();
    const draw = (at) => {
      c.clearRect(0, 0, WIDTH, HEIGHT);
      COLOURS.forEach((colour, k) => {
        c.fillStyle = colour;
        for (let i = k; i < count; i += 4) c.fillRect(at[2 * i] - 4, at[2 * i + 1] - 4, 8, 8);
      });
    };
    return [draw, () => canvas.remove()];
  },
  webgl(count) {
    const canvas = document.body.appendChild(document.createElement("canvas"));
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    const gl = canvas.getContext("webgl");
    if (!gl) {
      canvas.remove();
      return null;
    }
    const program = gl.createProgram();
    const shader = (type, text) => {
      const made = gl.createShader(type);
      gl.shaderSource(made, text);
      gl.compileShader(made);
      gl.attachShader(program, made);
    };
    shader(gl.VERTEX_SHADER, `attribute vec2 p; void main() { gl_Position = vec4(p.x / ${WIDTH / 2}.0 - 1.0, 1.0 - p.y / ${HEIGHT / 2}.0, 0, 1); gl_PointSize = 8.0; }`);
    shader(gl.FRAGMENT_SHADER, "precision mediump float; void main() { if (distance(gl_PointCoord, vec2(0.5)) > 0.5) discard; gl_FragColor = vec4(0.0, 0.45, 0.7, 1); }");
    gl.linkProgram(program);
    gl.useProgram(program);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.enableVertexAttribArray(0);
    gl.bindAttribLocation(program, 0, "p");
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    const draw = (at) => {
      gl.bufferData(gl.ARRAY_BUFFER, at, gl.DYNAMIC_DRAW);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.drawArrays(gl.POINTS, 0, count);
    };
    return [draw, () => canvas.remove()];
  },
};

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const frame = () => new Promise(requestAnimationFrame);

window.ways = Object.keys(WAYS);
window.measure = async (way, count, frames) => {
  const made = WAYS[way](count);
  if (!made) return null;
  const [draw, end] = made;
  const at = new Float32Array(2 * count), script = [], between = [];
  let last = await frame();
  for (let i = 0; i < frames + 5; i++) {
    const now = await frame();
    const start = performance.now();
    places(count, now, at);
    draw(at);
    // The first frames set things up.
    if (i >= 5) {
      script.push(performance.now() - start);
      between.push(now - last);
    }
    last = now;
  }
  end();
  return { script: median(script), between: median(between) };
};
