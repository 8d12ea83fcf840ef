import type { ChangeEventHandler, FocusEventHandler, ReactNode, Ref } from 'react'
import type { PartProps } from '../create-part.ts'
import type { ImageUploadRootProps } from '../upload/image-upload-root.tsx'
import type { Language } from '../words/language.ts'
import type { ImageFieldOptions } from './use-image-field.ts'

export type ImageUploadFieldProps = PartProps<
  'fieldset',
  ImageFieldOptions &
    Pick<ImageUploadRootProps, 'onSignIn' | 'clock'> & {
      /** Everything that is said; that of the nearest `WordsProvider` unless given. Make it once, outside the component. */
      readonly words?: Language | undefined
      /** What the photos are for, shown above the area. */
      readonly label?: ReactNode
      /** The name under which the form sends one id per image. */
      readonly name?: string | undefined
      /** What the app or the server has against the value; shown in place of our own words. */
      readonly error?: ReactNode
      /** The form control itself, as form libraries want it: a `select` with an option for each image. */
      readonly inputRef?: Ref<HTMLSelectElement> | undefined
      /** Called with the form control after a person has changed the value. */
      readonly onChange?: ChangeEventHandler<HTMLSelectElement> | undefined
      /** Called with the form control when the keyboard leaves the field. */
      readonly onBlur?: FocusEventHandler<HTMLSelectElement> | undefined
    }
>

export interface SortedFieldProps {
  readonly options: ImageFieldOptions
  readonly control: Pick<ImageUploadFieldProps, 'name' | 'required' | 'onChange' | 'onBlur'>
  readonly area: Pick<ImageUploadRootProps, 'onSignIn' | 'clock'>
  readonly own: Pick<ImageUploadFieldProps, 'label' | 'error' | 'children' | 'inputRef'>
  readonly words: Language | undefined
  /** For the fieldset. */
  readonly rest: PartProps<'fieldset'>
}

/** Sorts the props by what they are for. */
export function sortProps(props: ImageUploadFieldProps): SortedFieldProps {
  const { upload, value, defaultValue, onValueChange, images, whileUnfinished, ...others } = props
  const { name, required, onChange, onBlur, inputRef, onSignIn, clock, ...more } = others
  const { words, label, error, children, ...rest } = more
  return {
    options: { upload, value, defaultValue, onValueChange, images, required, whileUnfinished },
    control: { name, required, onChange, onBlur },
    area: { ...(onSignIn && { onSignIn }), ...(clock && { clock }) },
    own: { label, error, children, inputRef },
    words,
    rest,
  }
}
