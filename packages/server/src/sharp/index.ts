/** Pictures drawn by sharp. Needs `sharp`, and `dejavu-fonts-ttf` unless a font of your own is given. */
export { createSharpRenderer } from './sharp-renderer.ts'
export type { SharpRendererOptions } from './sharp-renderer.ts'
export { createThumbhash } from './create-thumbhash.ts'
export type { ThumbhashOptions } from './create-thumbhash.ts'
