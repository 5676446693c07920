// A button of the rich-text editor: choose a picture, send it, put it into the text.
"use strict";

CKEDITOR.plugins.add("picture", {
  init(editor) {
    const { pictureUrl, pictureLabel, pictureFailed } = editor.config;
    const chooser = document.createElement("input");
    chooser.type = "file";
    chooser.accept = "image/jpeg,image/png,image/webp,image/gif";
    chooser.hidden = true;
    chooser.className = "picture-chooser";

    const send = async (file) => {
      const form = new FormData();
      form.append("upload", file);
      const token = editor.element.$.form.elements.csrfmiddlewaretoken.value;
      const answer = await fetch(pictureUrl, {
        method: "POST",
        body: form,
        headers: { "X-CSRFToken": token },
      });
      return answer.json();
    };

    chooser.addEventListener("change", async () => {
      const [file] = chooser.files;
      if (!file) {
        return;
      }
      let answer = { error: { message: pictureFailed } };
      try {
        answer = await send(file);
      } catch {
        // The network or the server failed: the prepared message tells it.
      }
      chooser.value = "";
      if (!answer.uploaded) {
        editor.showNotification(answer.error.message, "warning");
        return;
      }
      const picture = editor.document.createElement("img", {
        attributes: { src: answer.url, alt: "" },
      });
      editor.insertElement(picture);
    });

    editor.on("uiReady", () => editor.container.$.append(chooser));
    editor.addCommand("picture", {
      allowedContent: "img[!src,alt,width,height]",
      exec: () => chooser.click(),
    });
    editor.ui.addButton("Picture", { label: pictureLabel, command: "picture", icon: "image" });
  },
});
