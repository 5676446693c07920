/* 字号 and 打印: runs before the first paint, so that a remembered size never flashes. */
(function () {
  "use strict";
  var KEY = "reading-size";
  var SIZES = ["small", "medium", "large", "huge"];
  var root = document.documentElement;

  function remembered() {
    try {
      return window.localStorage.getItem(KEY);
    } catch (error) {
      return null; // storage is switched off: the size lasts for this page
    }
  }

  function remember(size) {
    try {
      window.localStorage.setItem(KEY, size);
    } catch (error) {
      return;
    }
  }

  function apply(size) {
    root.setAttribute("data-reading-size", SIZES.indexOf(size) < 0 ? "medium" : size);
  }

  function connect(tools) {
    var buttons = tools.querySelectorAll("[data-size]");
    function show() {
      Array.prototype.forEach.call(buttons, function (button) {
        var chosen = button.getAttribute("data-size") === root.getAttribute("data-reading-size");
        button.setAttribute("aria-pressed", String(chosen));
      });
    }
    Array.prototype.forEach.call(buttons, function (button) {
      button.addEventListener("click", function () {
        apply(button.getAttribute("data-size"));
        remember(root.getAttribute("data-reading-size"));
        show();
      });
    });
    tools.querySelector("[data-print]").addEventListener("click", function () {
      window.print();
    });
    show();
    tools.hidden = false;
  }

  function copyable(button) {
    var source = document.getElementById(button.getAttribute("data-copy"));
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(source.textContent).then(function () {
        button.textContent = button.getAttribute("data-copied");
      });
    });
  }

  /* 我要纠错: the paragraph that the reader has selected is named in the link. */
  function reporting(link) {
    var address = link.getAttribute("href");
    document.addEventListener("selectionchange", function () {
      var selection = window.getSelection();
      var node = selection && !selection.isCollapsed ? selection.anchorNode : null;
      while (node && !(node.id && /^p[0-9]+$/.test(node.id))) {
        node = node.parentNode;
      }
      link.setAttribute("href", node ? address + "&paragraph=" + node.id : address);
    });
  }

  apply(remembered());
  document.addEventListener("DOMContentLoaded", function () {
    Array.prototype.forEach.call(document.querySelectorAll("[data-reading-tools]"), connect);
    Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), copyable);
    Array.prototype.forEach.call(document.querySelectorAll("[data-report]"), reporting);
  });
})();
