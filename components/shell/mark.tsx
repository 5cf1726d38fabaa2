/** The spiral cocoon, drawn in a box of 24 by 24. `app/icon.svg` and the favicon draw the same path. */
export const SPIRAL =
  'M12.7 11.5C12.9 11.6 13.1 11.9 13.1 12.2C13.2 12.6 13.1 13 12.8 13.3C12.5 13.6 12.1 13.8 11.6 13.9C11.2 13.9 10.6 13.6 10.2 13.2C9.9 12.8 9.6 12.1 9.7 11.5C9.7 10.8 10 10.1 10.6 9.6C11.1 9.1 11.9 8.8 12.7 8.9C13.5 9 14.3 9.4 14.8 10.1C15.4 10.9 15.7 11.9 15.5 12.9C15.4 13.9 14.9 15 14 15.6C13.2 16.3 12 16.6 10.9 16.4C9.8 16.2 8.7 15.5 8 14.4C7.3 13.4 7 12 7.3 10.6C7.5 9.3 8.3 8 9.5 7.2C10.6 6.4 12.1 6 13.5 6.4C14.9 6.7 16.3 7.7 17.1 9C17.9 10.4 18.2 12.2 17.9 13.9C17.5 15.6 16.5 17.1 15 18.1C13.6 19 11.7 19.3 10 18.9C8.2 18.4 6.7 17.1 5.7 15.4C4.8 13.7 4.5 11.6 5 9.6C5.5 7.6 6.8 5.7 8.6 4.7C10.3 3.6 12.6 3.3 14.6 4C16.6 4.6 18.4 6.1 19.5 8.2C20.5 10.2 20.8 12.8 20.1 15.1'

export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg
      aria-hidden
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="var(--accent)"
      strokeWidth={1.7}
      strokeLinecap="round"
      className="shrink-0"
    >
      <path d={SPIRAL} />
    </svg>
  )
}
