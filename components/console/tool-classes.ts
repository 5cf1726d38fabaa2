import { buttonClasses } from '../ui/button.tsx'

/** Smaller than other buttons on a desktop, where the picture wants the room; as large as fingers on a phone. */
const SIZE = '!h-7 !text-xs max-tablet:!h-[42px]'

/** A tool that is switched on. */
export const PRESSED =
  'aria-pressed:!border-accent aria-pressed:!bg-accent-wash aria-pressed:!text-accent-ink'

/** A tool with a word, which goes where there is no room for it. */
export const TOOL_SIZE = `${SIZE} !px-2 max-tablet:!w-[42px] max-tablet:!px-0`

/** A tool that is only an icon. */
export const ICON_SIZE = `${SIZE} !w-8 !px-0 max-tablet:!w-[42px]`

export const TOOL = buttonClasses('outline', TOOL_SIZE)

export const ICON_TOOL = buttonClasses('outline', ICON_SIZE)
