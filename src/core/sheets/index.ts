// The door of sheets: what stands in a spreadsheet file, whoever packs it.
export { partsOfBook, rowXml, SHEET_END, SHEET_START, type SheetCell } from "./sheet-xml.ts";
