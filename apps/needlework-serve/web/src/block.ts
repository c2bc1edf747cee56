// The block of skin: brings life into every section of such a page. It computes nothing but the geometry of the view; each number and word stands
// in the page.
import { turning } from "./turning";

for (const section of document.querySelectorAll<HTMLElement>("section[data-block]")) turning(section);
