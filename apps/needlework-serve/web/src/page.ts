// The scripts of the local page. Each adds to a page that works without it, and none computes anything of an answer.
import { months } from "./months";
import { refine } from "./refine";

months(document);
void refine(document, window);
