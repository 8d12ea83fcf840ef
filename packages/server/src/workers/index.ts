/** Pictures drawn by the Images binding of Cloudflare Workers. Needs nothing but the binding. */
export { createBindingRenderer } from './binding-renderer.ts'
export type { BindingRendererOptions } from './binding-renderer.ts'
export type { BindingImage, ImagesBinding } from './images-binding.ts'
