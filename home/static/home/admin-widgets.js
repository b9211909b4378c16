// Starts Wagtail's widgets where Wagtail writes an inline script (home/admin_widgets.py): on pages, in
// dialogs, and in rows that are added later. It calls nothing but Wagtail's own starters, so that
// stored HTML can start no more than a widget.
(() => {
    const FUNCTIONS = ["initDateChooser", "initTimeChooser", "initDateTimeChooser", "createTaskChooser"];
    const CLASSES = /^new ((?:[A-Z]\w*)?Chooser|InlinePanel|MultipleChooserPanel)$/;

    class StartWidget extends window.StimulusModule.Controller {
        static values = { call: String, arguments: Array };

        connect() {
            // Once, however often the element is moved.
            if (this.element.dataset.started) return;
            this.element.dataset.started = "true";
            const name = this.callValue;
            const made = name.match(CLASSES);
            if (made) {
                new window[made[1]](...this.argumentsValue);
            } else if (FUNCTIONS.includes(name)) {
                window[name](...this.argumentsValue);
            }
        }
    }

    window.wagtail.app.register("start-widget", StartWidget);
})();
