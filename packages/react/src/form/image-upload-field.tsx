'use client'

import { useId, useMemo, useRef } from 'react'
import { Announcer } from '../announcer.tsx'
import { createPart, mergeRefs } from '../create-part.ts'
import type { Part } from '../create-part.ts'
import { ImageUploadArea } from '../upload/image-upload-area.tsx'
import { FieldContext } from './field-context.ts'
import { FieldControl } from './field-control.tsx'
import { sortProps } from './field-props.ts'
import type { ImageUploadFieldProps } from './field-props.ts'
import { KeptPhotos } from './kept-photos.tsx'
import { useFieldBlur } from './use-field-blur.ts'
import { useFieldValidity } from './use-field-validity.ts'
import { useFieldWords } from './use-field-words.ts'
import { useImageField } from './use-image-field.ts'
import { useSpokenRemoval } from './use-spoken-removal.ts'

/** An upload area as a field of a form. What is sent are the ids of the images. */
export const ImageUploadField: Part<HTMLFieldSetElement, ImageUploadFieldProps> = createPart(
  'ImageUpload.Field',
  function renderField(props, ref) {
    const { options, control: controlProps, area, own, words: given, rest } = sortProps(props)
    const { label, error, children, inputRef } = own
    const words = useFieldWords(given)
    const root = useRef<HTMLFieldSetElement>(null)
    const control = useRef<HTMLSelectElement>(null)
    const setRoot = useMemo(() => mergeRefs(root, ref), [ref])
    const setControl = useMemo(() => mergeRefs(control, inputRef), [inputRef])
    const focus = (): void => root.current?.querySelector<HTMLElement>(TRIGGER)?.focus()
    const field = useImageField(options, { control, words })
    const { shown, onInvalid } = useFieldValidity({ control, message: field.message, focus })
    const [said, remove] = useSpokenRemoval(field.remove, words)
    useFieldBlur(control)
    const id = useId()
    const problem = error ?? shown
    const errorId = problem ? id : undefined
    return (
      <fieldset
        {...rest}
        ref={setRoot}
        data-slot="image-upload-field"
        data-status={problem ? 'invalid' : 'valid'}
      >
        {label !== undefined && <legend data-slot="image-upload-label">{label}</legend>}
        <FieldControl
          {...controlProps}
          errorId={errorId}
          onInvalid={onInvalid}
          controlRef={setControl}
          ids={field.ids}
          onFocus={focus}
        />
        <FieldContext.Provider value={{ errorId }}>
          <ImageUploadArea {...area} upload={field.upload} words={words}>
            {children}
          </ImageUploadArea>
        </FieldContext.Provider>
        <KeptPhotos photos={field.kept} words={words} onRemove={remove} focusElsewhere={focus} />
        {problem && (
          <p id={errorId} data-slot="image-upload-error">
            {problem}
          </p>
        )}
        <Announcer said={said} />
      </fieldset>
    )
  },
)

const TRIGGER = '[data-slot="image-upload-trigger"]'
