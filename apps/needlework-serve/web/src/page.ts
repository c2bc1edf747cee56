// The scripts of the local page. Each adds to a page that works without it, and none computes anything of an answer.
import { files } from "./files";
import { months } from "./months";
import { refine } from "./refine";

files(document);
months(document);
void refine(document, window);
