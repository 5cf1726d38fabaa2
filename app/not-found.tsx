import { Compass } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { buttonClasses } from '../components/ui/button.tsx'
import { Notice } from '../components/ui/notice.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <Notice
      Icon={Compass}
      title="There is no such page"
      actions={
        <Link href="/" className={buttonClasses('primary')}>
          Go to the fleet
        </Link>
      }
    >
      <p>The address names nothing here. Somebody may have shortened it, or the page has moved.</p>
    </Notice>
  )
}
