/* Files being made: asks again and again how far they are, and leaves the form as it is. */
(function () {
  "use strict";
  var PAUSE = 1500; // milliseconds

  function shown() {
    return document.getElementById("export-files");
  }

  function waitsStill() {
    return shown() && shown().hasAttribute("data-waiting");
  }

  function update(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html").getElementById("export-files");
    if (fresh) {
      shown().replaceWith(fresh);
    }
  }

  function later() {
    if (waitsStill()) {
      window.setTimeout(ask, PAUSE);
    }
  }

  function ask() {
    window
      .fetch(window.location.pathname, { credentials: "same-origin" })
      .then(function (answer) {
        return answer.ok ? answer.text() : "";
      })
      .then(update)
      .catch(function () {
        return; // the network is away for a moment: ask again
      })
      .then(later);
  }

  later();
})();
