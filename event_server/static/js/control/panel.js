/** What opens beside or over the room: one <dialog> at a time. */
import { html, useEffect, useRef } from "../../vendor/preact.js";
import { ApartDrawer, TableDrawer } from "./table_drawer.js";
import { AskDialog } from "./ask_dialog.js";
import { BreakDialog } from "./break_dialog.js";
import { HistoryDrawer } from "./history_drawer.js";
import { KeysDialog } from "./keys_dialog.js";
import { MessageDialog } from "./message_dialog.js";

const PANELS = {
  table: [TableDrawer, "drawer"],
  sitting_out: [ApartDrawer, "drawer"],
  waiting: [ApartDrawer, "drawer"],
  history: [HistoryDrawer, "drawer"],
  message: [MessageDialog, "ask"],
  break: [BreakDialog, "ask"],
  ask: [AskDialog, "ask"],
  keys: [KeysDialog, "ask"],
};

export function Panel({ desk }) {
  const panel = desk.panel.value;
  if (!panel) return null;
  const [Content, className] = PANELS[panel.kind];
  const close = () => (desk.panel.value = null);
  return html`<${Dialog} key=${panel.kind} className=${className} close=${close}>
    <${Content} desk=${desk} panel=${panel} close=${close} />
  <//>`;
}

/** The browser keeps the focus inside and gives it back; a tap beside it closes. */
function Dialog({ className, close, children }) {
  const dialog = useRef(null);
  useEffect(() => {
    dialog.current.showModal();
  }, []);
  const beside = (event) => event.target === dialog.current && close();
  return html`<dialog ref=${dialog} class=${className} onClose=${close} onClick=${beside} aria-labelledby="panel-title">
    <div class="panel">${children}</div>
  </dialog>`;
}
