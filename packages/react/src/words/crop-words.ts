/** What the cropper says. */
export interface CropWords {
  readonly title: string
  /** Names the picture that is moved, and says how. */
  readonly stage: string
  readonly hint: string
  readonly zoom: string
  readonly across: string
  readonly down: string
  /** What a slider says of its own value: times for the zoom, per cent of the way for the position. */
  readonly zoomValue: (times: number) => string
  readonly positionValue: (share: number) => string
  readonly rotateLeft: string
  readonly rotateRight: string
  readonly reset: string
  readonly cancel: string
  readonly done: string
  readonly opening: string
  /** Said while the cropped picture is made. */
  readonly working: string
  readonly failed: string
}
