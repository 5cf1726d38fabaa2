/** A button or a link within a banner: in its ink. */
export const bannerButton =
  'inline-flex h-6 items-center rounded-md border border-current/30 px-2 text-xs font-medium hover:bg-current/10 max-tablet:h-9'
