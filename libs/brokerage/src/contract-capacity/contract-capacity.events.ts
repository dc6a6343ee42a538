/** The stream of a contract's capacity names the packages that use it, each from a day on (S3-11). */
export type { CapacityReleased, CapacityTaken } from '#kernel/capacity.js';
