import type { CropWords } from '../words/crop-words.ts'

/** What a cropper is given. `CropDialog` is ours; any component with these props will do. */
export interface CropProps {
  /** The picture as it was chosen. */
  readonly file: File
  /** The shape of the mask. The file itself is always a rectangle. Default: `round`. */
  readonly shape?: 'round' | 'rect' | undefined
  /** English unless given. */
  readonly words?: CropWords | undefined
  /** Called with the cropped picture, or with the file itself where this device cannot open it. */
  readonly onCrop: (file: File) => void
  readonly onCancel: () => void
}
