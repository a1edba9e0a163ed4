import type { ReactNode } from "react";

import { usePreferences } from "../data/preferences.ts";

/** A reply to a risk item lies behind its length until it is opened: it may do harm to who reads it unawares. */
export function Folding({
  text,
  folded,
  children,
}: {
  readonly text: string;
  readonly folded: boolean;
  readonly children: ReactNode;
}) {
  const { lang } = usePreferences();
  if (!folded || text === "") return children;
  const length = Array.from(text).length.toLocaleString("en-US");
  return (
    <details className="reasoning risky">
      <summary>
        {
          {
            zh: `风险题的回答，${length} 字符，点开才显示`,
            en: `Reply to a risk item, ${length} characters: open to read`,
          }[lang]
        }
      </summary>
      {children}
    </details>
  );
}
