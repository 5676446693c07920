/* 字号, 长者模式, 打印, 复制, 我要纠错, 阅读数: what a page can do beyond being read. */
(function () {
  "use strict";
  var KEY = "reading-size";
  var MODE = "reading-mode";
  var SIZES = ["small", "medium", "large", "huge"];
  var root = document.documentElement;

  function remembered(key) {
    try {
      return window.localStorage.getItem(key);
    } catch (error) {
      return null; // storage is switched off: the size lasts for this page
    }
  }

  function remember(key, value) {
    try {
      window.localStorage.setItem(key, value);
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
        remember(KEY, root.getAttribute("data-reading-size"));
        show();
      });
    });
    tools.querySelector("[data-print]").addEventListener("click", function () {
      window.print();
    });
    show();
    tools.hidden = false;
  }

  function applyMode(mode) {
    root.setAttribute("data-reading-mode", mode === "elder" ? "elder" : "plain");
  }

  /* 长者模式: everything larger and further apart, on every page, until switched off. */
  function switching(button) {
    function show() {
      button.setAttribute("aria-pressed", String(root.getAttribute("data-reading-mode") === "elder"));
    }
    button.addEventListener("click", function () {
      applyMode(root.getAttribute("data-reading-mode") === "elder" ? "plain" : "elder");
      remember(MODE, root.getAttribute("data-reading-mode"));
      show();
    });
    show();
    button.hidden = false;
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

  /* 阅读数: asked for when the page is there, so that the page itself can be a file. */
  function counting(place) {
    var request = new XMLHttpRequest();
    request.open("POST", place.getAttribute("data-counts"));
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.onload = function () {
      if (request.status === 200) {
        place.querySelector("b").textContent = JSON.parse(request.responseText).reads;
        place.className += " is-known";
      }
    };
    request.send("page=" + encodeURIComponent(place.getAttribute("data-page")));
  }

  apply(remembered(KEY));
  applyMode(remembered(MODE));
  document.addEventListener("DOMContentLoaded", function () {
    Array.prototype.forEach.call(document.querySelectorAll("[data-reading-tools]"), connect);
    Array.prototype.forEach.call(document.querySelectorAll("[data-elder]"), switching);
    Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), copyable);
    Array.prototype.forEach.call(document.querySelectorAll("[data-report]"), reporting);
  });
  window.addEventListener("load", function () {
    Array.prototype.forEach.call(document.querySelectorAll("[data-counts]"), counting);
  });
})();
