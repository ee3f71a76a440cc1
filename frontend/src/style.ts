/** The look that all pages share, in Home Assistant's theme variables. */

import { css } from "lit";

export const shared = css`
  :host {
    --gap: 16px;
    --radius: var(--ha-card-border-radius, 12px);
    --border: 1px solid var(--divider-color, #e0e0e0);
    --card: var(--ha-card-background, var(--card-background-color, #fff));
    --text: var(--primary-text-color, #141414);
    --quiet: var(--secondary-text-color, #5e5e5e);
    --accent: var(--primary-color, #009ac7);
    --alert: var(--error-color, #db4437);
    --detection: var(--warning-color, #ffa600);
    --good: var(--success-color, #43a047);
    --over: rgb(0 0 0 / 62%);
    color: var(--text);
    -webkit-font-smoothing: antialiased;
  }
  @media (max-width: 870px) {
    :host {
      --gap: 12px;
    }
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  .icon {
    width: 20px;
    height: 20px;
    fill: currentColor;
    flex: none;
    display: block;
  }
  h1,
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: 20px;
    font-weight: 500;
    line-height: 28px;
  }
  h3,
  h2.small {
    font-size: 16px;
    font-weight: 500;
    line-height: 24px;
  }
  a {
    color: inherit;
  }
  button,
  .button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
    text-decoration: none;
    -webkit-tap-highlight-color: transparent;
  }
  button:disabled {
    cursor: default;
    opacity: 0.45;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 40px;
    padding: 0 16px;
    border-radius: 20px;
    border: var(--border);
    background: var(--card);
    font-weight: 500;
    font-size: 14px;
    white-space: nowrap;
    transition: background 120ms;
  }
  .button:hover:not(:disabled) {
    background: color-mix(in srgb, var(--text) 7%, var(--card));
  }
  .button.filled {
    background: var(--fn-filled, #00708f);
    border-color: transparent;
    color: #fff;
  }
  .button.filled:hover:not(:disabled) {
    background: color-mix(in srgb, #000 14%, var(--fn-filled, #00708f));
  }
  .button[aria-pressed="true"],
  .button[aria-checked="true"] {
    background: color-mix(in srgb, var(--accent) 18%, var(--card));
    border-color: color-mix(in srgb, var(--accent) 60%, transparent);
  }
  .round {
    display: inline-grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: 50%;
    flex: none;
  }
  .round:hover:not(:disabled) {
    background: color-mix(in srgb, currentColor 10%, transparent);
  }
  .card {
    background: var(--card);
    border: var(--border);
    border-radius: var(--radius);
    overflow: hidden;
  }
  .quiet {
    color: var(--quiet);
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    height: 24px;
    padding: 0 8px;
    border-radius: 12px;
    font-size: 12px;
    font-weight: 500;
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip .icon {
    width: 16px;
    height: 16px;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 64px 24px;
    text-align: center;
    color: var(--quiet);
  }
  .empty .icon {
    width: 48px;
    height: 48px;
    opacity: 0.6;
  }
  .empty strong {
    color: var(--text);
    font-size: 18px;
    font-weight: 500;
  }
  .problem {
    display: flex;
    gap: 12px;
    align-items: center;
    padding: 12px 16px;
    border-radius: var(--radius);
    background: color-mix(in srgb, var(--alert) 12%, var(--card));
    overflow-wrap: anywhere;
  }
  .problem .icon {
    color: var(--alert);
  }
  .clip {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-width: 0;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  select,
  input[type="text"],
  input[type="number"],
  input[type="search"],
  input[type="date"] {
    font: inherit;
    font-size: 14px;
    color: var(--text);
    background: var(--card);
    border: 1px solid color-mix(in srgb, var(--text) 45%, transparent);
    border-radius: 8px;
    min-height: 40px;
    padding: 0 12px;
    min-width: 0;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 1ms !important;
      transition-duration: 1ms !important;
    }
  }
`;
