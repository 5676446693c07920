// Buttons of the rich-text editor: put a picture, new or from the library, or a file into the text.
"use strict";

CKEDITOR.plugins.add("picture", {
  init(editor) {
    const { pictureUrl, attachmentUrl, libraryUrl, pictureWords: say } = editor.config;

    const element = (tag, properties = {}, ...children) => {
      const made = Object.assign(document.createElement(tag), properties);
      made.append(...children);
      return made;
    };

    const send = async (address, file, more) => {
      const form = new FormData();
      form.append("upload", file);
      Object.entries(more).forEach(([name, value]) => form.append(name, value));
      const token = editor.element.$.form.elements.csrfmiddlewaretoken.value;
      try {
        const answer = await fetch(address, {
          method: "POST",
          body: form,
          headers: { "X-CSRFToken": token },
        });
        return await answer.json();
      } catch {
        return { error: { message: say.failed } };
      }
    };

    const insert = (url, words) => {
      editor.focus();
      editor.insertElement(
        editor.document.createElement("img", { attributes: { src: url, alt: words } }),
      );
    };

    const openPictures = () => {
      const file = element("input", {
        type: "file", id: "picture-file", accept: "image/jpeg,image/png,image/webp,image/gif",
      });
      const words = element("input", { type: "text", id: "picture-words", maxLength: 300 });
      const problem = element("p", { className: "errornote", hidden: true });
      const put = element("button", { type: "button", className: "button", textContent: say.put });
      const close = element("button", {
        type: "button", className: "button secondary", textContent: say.close,
      });
      const search = element("input", { type: "text", id: "picture-search" });
      const shelf = element("div", { className: "picture-shelf" });
      const dialog = element(
        "dialog",
        { className: "picture-dialog" },
        element("label", { htmlFor: "picture-file", textContent: say.file }), file,
        element("label", { htmlFor: "picture-words", textContent: say.words }), words,
        problem, element("p", {}, put, " ", close),
        element("label", { htmlFor: "picture-search", textContent: say.library }), search, shelf,
      );
      const finish = (url, told) => {
        dialog.close();
        insert(url, told);
      };
      put.addEventListener("click", async () => {
        if (!words.value.trim()) {
          problem.textContent = say.wordless;
          problem.hidden = false;
          return;
        }
        const answer = await send(pictureUrl, file.files[0] ?? "", { words: words.value });
        if (answer.uploaded) {
          finish(answer.url, words.value.trim());
        } else {
          problem.textContent = answer.error.message;
          problem.hidden = false;
        }
      });
      close.addEventListener("click", () => dialog.close());
      const fill = async () => {
        const answer = await fetch(`${libraryUrl}?q=${encodeURIComponent(search.value)}`);
        const { pictures } = await answer.json();
        shelf.replaceChildren(...pictures.map((one) => {
          const choose = element(
            "button", { type: "button" },
            element("img", { src: one.url, alt: "", loading: "lazy" }), one.words,
          );
          choose.addEventListener("click", () => finish(one.url, one.words));
          return choose;
        }));
      };
      search.addEventListener("input", fill);
      dialog.addEventListener("close", () => dialog.remove());
      document.body.append(dialog);
      dialog.showModal();
      fill();
    };

    const openFiles = () => {
      const chooser = element("input", { type: "file", accept: ".pdf,.docx,.xlsx,.pptx" });
      chooser.addEventListener("change", async () => {
        const [file] = chooser.files;
        const answer = await send(attachmentUrl, file, {});
        if (!answer.uploaded) {
          editor.showNotification(answer.error.message, "warning");
          return;
        }
        const link = editor.document.createElement("a", { attributes: { href: answer.url } });
        link.setText(file.name);
        editor.insertElement(link);
      });
      chooser.click();
    };

    editor.on("doubleclick", (event) => {
      const picture = event.data.element;
      if (picture.is("img")) {
        const told = window.prompt(say.words, picture.getAttribute("alt") ?? "");
        if (told !== null) {
          picture.setAttribute("alt", told.trim());
          editor.fire("change");
        }
      }
    });
    editor.addCommand("picture", {
      allowedContent: "img[!src,alt,width,height]",
      exec: openPictures,
    });
    editor.addCommand("attachment", { allowedContent: "a[!href]", exec: openFiles });
    editor.ui.addButton("Picture", { label: say.picture, command: "picture", icon: "image" });
    editor.ui.addButton("Attachment", { label: say.attachment, command: "attachment", icon: "pastefromword" });
  },
});
