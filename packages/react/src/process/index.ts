/** What can be done to a picture before it is uploaded. An entry of its own: who does not shrink does not pay. */
export { createImageProcessor } from './create-image-processor.ts'
export type { ImageProcessorOptions } from './create-image-processor.ts'
export type { DrawnType, ProcessRules } from './process-rules.ts'
export { removeLocation } from './remove-location.ts'
