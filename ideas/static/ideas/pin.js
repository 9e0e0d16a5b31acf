// Putting a pin on the map by pressing it or by asking the browser where it is. Without this script the same form
// takes a press on a picture, two numbers, or a place from the list.
(() => {
  "use strict";

  const EARTH_RADIUS = 6378137; // metres: the sphere of Web Mercator, as on the server
  const root = document.querySelector("[data-pin-map]");
  if (!root) return;

  const tools = root.querySelector("[data-pin-tools]");
  const drawing = root.querySelector("[data-pin-drawing]");
  const mark = root.querySelector("[data-pin-mark]");
  const problem = root.querySelector("[data-pin-problem]");
  const latitude = document.getElementById("id_latitude");
  const longitude = document.getElementById("id_longitude");

  const degrees = (radians) => (radians * 180) / Math.PI;
  const radians = (value) => (value * Math.PI) / 180;
  const onMap = (lat, lon) => [
    EARTH_RADIUS * radians(lon),
    -EARTH_RADIUS * Math.log(Math.tan(Math.PI / 4 + radians(lat) / 2)),
  ];
  const onEarth = (x, y) => [
    degrees(2 * Math.atan(Math.exp(-y / EARTH_RADIUS)) - Math.PI / 2),
    degrees(x / EARTH_RADIUS),
  ];

  // The element is looked up each time: the answer replaces it.
  const askForThePlace = () => document.getElementById("pinned").dispatchEvent(new CustomEvent("pin"));

  const draw = () => {
    const lat = Number(latitude.value);
    const lon = Number(longitude.value);
    const given = latitude.value.trim() !== "" && longitude.value.trim() !== "";
    if (!given || !Number.isFinite(lat) || !Number.isFinite(lon) || Math.abs(lat) > 85) {
      mark.setAttribute("visibility", "hidden");
      return;
    }
    mark.setAttribute("transform", `translate(${onMap(lat, lon).join(" ")})`);
    mark.removeAttribute("visibility");
  };

  const put = (lat, lon) => {
    latitude.value = lat.toFixed(6);
    longitude.value = lon.toFixed(6);
    problem.textContent = "";
    draw();
    askForThePlace();
  };

  drawing.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    put(...onEarth(point.x, point.y));
  });

  root.querySelector("[data-pin-here]").addEventListener("click", () => {
    const sorry = () => {
      problem.textContent = problem.dataset.denied;
    };
    if (!navigator.geolocation) return sorry();
    navigator.geolocation.getCurrentPosition((found) => put(found.coords.latitude, found.coords.longitude), sorry, {
      timeout: 15000,
      maximumAge: 60000,
    });
  });

  for (const field of [latitude, longitude]) {
    field.addEventListener("change", () => {
      draw();
      askForThePlace();
    });
  }

  tools.hidden = false;
})();
