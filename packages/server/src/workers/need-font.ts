/** @throws TypeError if there is none. */
export function needFont(font: { readonly url: string } | undefined): { readonly url: string } {
  if (font) return font
  throw new TypeError('createBindingRenderer needs a `font` to draw marks of text.')
}
