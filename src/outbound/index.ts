// The door of the calls that leave the house.
export { type DownloadLimits, download, publicName } from "./download.ts";
