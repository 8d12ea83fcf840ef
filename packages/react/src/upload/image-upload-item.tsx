'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { describeItem } from '../words/describe-item.ts'
import { ItemContext, useUpload } from './upload-context.ts'
import type { UploadItem } from './upload-state.ts'

export type ImageUploadItemProps = PartProps<'li', { readonly item: UploadItem }>

/** One row. Takes focus only from code, when a button that had it goes away. */
export const ImageUploadItem: Part<HTMLLIElement, ImageUploadItemProps> = createPart(
  'ImageUpload.Item',
  function renderItem({ item, ...props }, ref) {
    const { upload, words, now, onSignIn } = useUpload('Item')
    const { state } = item
    const description = describeItem(item, words, {
      policy: upload.policy,
      now,
      signIn: onSignIn === undefined ? 'absent' : 'offered',
    })
    return (
      <ItemContext.Provider value={{ item, description }}>
        <li
          tabIndex={-1}
          {...props}
          ref={ref}
          data-slot="image-upload-item"
          data-status={state.status}
          data-reason={'reason' in state ? state.reason : undefined}
          data-upload-id={item.id}
        />
      </ItemContext.Provider>
    )
  },
)
