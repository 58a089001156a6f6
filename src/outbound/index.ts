// The door of the calls that leave the house.
export { type Download, type DownloadLimits, download, publicName } from "./download.ts";
