/** The cropper: an entry of its own, so that only those pay for it who crop. */
export { CropDialog } from './crop-dialog.tsx'
export type { CropDialogProps } from './crop-dialog.tsx'
export { cropPicture } from './crop-picture.ts'
export type { CropOptions, CroppedType } from './crop-picture.ts'
export type { CropArea, QuarterTurn } from './crop-plan.ts'
export type { CropProps } from './crop-props.ts'
export { enCrop } from '../words/en-crop.ts'
export type { CropWords } from '../words/crop-words.ts'
