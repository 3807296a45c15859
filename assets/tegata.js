/* Conveniences only: every page works without this file. In a block, so that nothing of it is the page's own name. */
{
  const COPIED_FOR_MS = 3000;

  const announce = (text) => {
    const announcer = document.getElementById('announcer');
    announcer.textContent = '';
    requestAnimationFrame(() => {
      announcer.textContent = text;
    });
  };

  async function copyFrom(field) {
    field.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand('copy'); // plain http on another host has no clipboard API
  }

  /** Says コピーしました in the button and to screen readers, and takes it back after a while. */
  function confirmCopy(button) {
    const label = button.querySelector('[data-copy-text]');
    const before = label.dataset.before ?? label.textContent;
    label.dataset.before = before;
    label.textContent = button.dataset.copied;
    button.classList.add('is-copied');
    announce(button.dataset.copied);
    clearTimeout(Number(button.dataset.timer));
    button.dataset.timer = setTimeout(() => {
      label.textContent = before;
      button.classList.remove('is-copied');
    }, COPIED_FOR_MS);
  }

  for (const button of document.querySelectorAll('[data-copy]')) {
    const field = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener('click', () => copyFrom(field).then(() => confirmCopy(button)));
    field.addEventListener('focus', () => field.select());
  }

  for (const button of document.querySelectorAll('[data-dismiss]')) {
    button.hidden = false;
    button.addEventListener('click', () => button.parentElement.remove());
  }

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  /* A second click must not send a form twice. The buttons stay enabled so that their value is sent. */
  document.addEventListener('submit', (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = 'yes';
  });

  /* The back button brings a page back as it was left: let its forms be sent again. */
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  /* A page that follows something: its part is read again until it says that there is nothing more to follow. */
  const FOLLOW_MS = 2000;

  async function follow(part) {
    const answer = await fetch(part.dataset.follow, { headers: { accept: 'text/html' } }).catch(
      () => undefined,
    );
    if (answer && (!answer.ok || answer.redirected)) return;
    let next = part;
    if (answer) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById(part.id);
      if (!fresh) return;
      const words = (one) => one.querySelector('[data-announce]')?.textContent;
      const news = words(fresh) === words(part) ? undefined : words(fresh);
      // What has the focus stays where it is, as long as it stays at all.
      const focused = part.contains(document.activeElement)
        ? document.activeElement.getAttribute('href')
        : null;
      next = document.importNode(fresh, true);
      part.replaceWith(next);
      if (focused !== null) next.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
      if (news) announce(news);
    }
    if (next.dataset.follow) setTimeout(() => follow(next), FOLLOW_MS);
  }

  for (const part of document.querySelectorAll('[data-follow]')) setTimeout(() => follow(part), FOLLOW_MS);
}
