import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

/** `outline` stands on its own, `quiet` inside something else, `primary` is the one thing to do. */
export type ButtonLook = 'outline' | 'quiet' | 'primary'

const LOOKS: Record<ButtonLook, string> = {
  outline: 'border border-line bg-panel hover:border-line-strong hover:bg-hover',
  quiet: 'border border-transparent text-muted hover:bg-hover hover:text-text',
  primary: 'border border-transparent bg-accent text-on-accent hover:opacity-90',
}

/** The classes of a button, for what must be another element (a trigger, a link). */
export function buttonClasses(look: ButtonLook = 'outline', extra?: string): string {
  return classNames(
    'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-lg px-2.5 text-sm font-medium',
    'transition-colors duration-100 select-none disabled:opacity-50 aria-expanded:bg-hover max-tablet:h-10',
    LOOKS[look],
    extra,
  )
}

export function Button({
  look = 'outline',
  className,
  ...rest
}: ComponentProps<'button'> & { look?: ButtonLook }) {
  return <button type="button" {...rest} className={buttonClasses(look, className)} />
}

/** A square button that shows only an icon; `label` is its name and its tip. */
export function IconButton({
  label,
  look = 'quiet',
  className,
  ...rest
}: ComponentProps<'button'> & { label: string; look?: ButtonLook }) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      {...rest}
      className={classNames(buttonClasses(look), 'aspect-square !px-0', className)}
    />
  )
}
