import type { Image } from '@lightfast/core'
import type { UploadItem } from '../upload/upload-state.ts'
import { idsOnShow, toImageId } from './field-value.ts'
import type { FieldWords } from './use-field-words.ts'

/** A photo that belongs to the value of a field and is no longer, or never was, among its uploads. */
export interface KeptPhoto {
  readonly id: string
  readonly name: string
  /** The picture: bytes, an address, or nothing to show. */
  readonly preview: Blob | string | null
  /** Where it is: at Cloudflare, or kept by our server for later. */
  readonly status: 'done' | 'parked'
}

export interface KeptSources {
  /** What the list of uploads shows. */
  readonly items: readonly UploadItem[]
  /** What has arrived here, whether the list still shows it or not. */
  readonly arrived: readonly UploadItem[]
  /** What the app knows of images that were there before. */
  readonly images: readonly Image[]
  readonly words: FieldWords
}

/** Finds what there is to show for each id, but for those that the list of uploads still shows. */
export function toKeptPhotos(ids: readonly string[], sources: KeptSources): readonly KeptPhoto[] {
  const onShow = idsOnShow(sources.items)
  return ids.flatMap((id, index) =>
    onShow.includes(id) ? [] : [toKeptPhoto(id, { ...sources, place: index + 1 })],
  )
}

function toKeptPhoto(
  id: string,
  { arrived, images, words, place }: KeptSources & { readonly place: number },
): KeptPhoto {
  const item = arrived.find((candidate) => toImageId(candidate) === id)
  if (item !== undefined) {
    const status = item.state.status === 'parked' ? 'parked' : 'done'
    return { id, name: item.name, preview: item.preview, status }
  }
  const image = images.find((candidate) => candidate.id === id)
  return image === undefined
    ? { id, name: words.form.unnamed(place), preview: null, status: 'done' }
    : {
        id,
        name: image.filename,
        preview: image.url,
        status: image.state === 'parked' ? 'parked' : 'done',
      }
}
