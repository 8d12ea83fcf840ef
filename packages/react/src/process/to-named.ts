const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
}

/** Names a picture by its type, in the place of the extension that the picked file had. */
export function toNamed(picture: Blob, name: string): File {
  const extension = extensions[picture.type] ?? ''
  return new File([picture], name.replace(/(\.(?:hei[cf]|avif|jpe?g|png|webp))?$/i, extension), {
    type: picture.type,
  })
}
