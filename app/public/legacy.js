// Read only by browsers that do not know modules, and therefore not boot.js either: keep to the oldest syntax.
document.getElementById("app").style.display = "none";
document.getElementById("no-wasm").removeAttribute("hidden");
