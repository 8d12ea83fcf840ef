/** Toasts for uploads, apart so that only those who use them load them. */
export { UploadToasts } from './upload-toasts.tsx'
export type { UploadToastsProps } from './upload-toasts.tsx'
