/* SPDX-License-Identifier: BSD-3-Clause */
/* What the page can do beyond being read: finding, filtering, zooming, and keys for them. */
(() => {
    'use strict';
    const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
    const by_id = (id) => document.getElementById(id);
    const commands = all('details.c');
    const stages = all('details.stage');
    const find = by_id('find');
    const only_failed = by_id('only-failed');
    const found = by_id('found');
    const is_bad = (command) => command.classList.contains('bad') || command.classList.contains('odd');
    let texts = null;
    let current = -1;

    for (const tools of all('.tools'))
        tools.hidden = false;

    /* What a command has inside is a text, of HTML, until it is needed. */
    const fill = (command) => {
        const inside = command.querySelector(':scope > noscript');
        if (inside !== null)
            inside.outerHTML = inside.textContent;
    };
    document.addEventListener('toggle', (event) => {
        if (event.target.open && event.target.classList.contains('c'))
            fill(event.target);
    }, true);

    /* The texts are read when they are first needed, once. */
    const entities = {'&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&'};
    const read = (command) => {
        const inside = command.querySelector(':scope > noscript');
        const summary = command.firstElementChild.textContent;
        const text = inside === null ? command.textContent : summary + '\n' + inside.textContent
            .replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity]);
        return text.toLowerCase();
    };
    const text_of = (number) => {
        if (texts === null)
            texts = commands.map(read);
        return texts[number];
    };

    const filter = () => {
        const wanted = find.value.trim().toLowerCase();
        let count = 0;
        commands.forEach((command, number) => {
            const is_shown = (!only_failed.checked || is_bad(command)) &&
                (wanted === '' || text_of(number).includes(wanted));
            command.hidden = !is_shown;
            count += is_shown;
        });
        const is_filtered = wanted !== '' || only_failed.checked;
        for (const stage of stages)
            stage.hidden = is_filtered && stage.querySelector('details.c:not([hidden])') === null;
        found.value = is_filtered ? `${count} of ${commands.length} commands` : '';
        current = -1;
    };
    let timer = 0;
    find.addEventListener('input', () => {
        clearTimeout(timer);
        timer = setTimeout(filter, commands.length > 1000 ? 200 : 0);
    });
    only_failed.addEventListener('change', filter);

    const open_all = (is_open) => {
        for (const command of commands) {
            if (is_open && !command.hidden)
                fill(command);
            command.open = is_open && !command.hidden;
        }
    };
    by_id('open-all').addEventListener('click', () => open_all(true));
    by_id('close-all').addEventListener('click', () => open_all(false));

    /* A link to a command or a stage opens it. */
    const reveal = (target) => {
        for (let at = target; at !== null; at = at.parentElement) {
            if (at.tagName === 'DETAILS') {
                fill(at);
                at.open = true;
            }
            at.hidden = false;
        }
        target.scrollIntoView({block: 'nearest'});
    };
    const follow = () => {
        const target = location.hash.length > 1 ? by_id(location.hash.slice(1)) : null;
        if (target !== null && target.tagName === 'DETAILS') {
            reveal(target);
            target.querySelector('summary').focus();
            current = commands.indexOf(target);
        }
    };
    window.addEventListener('hashchange', follow);
    document.addEventListener('click', (event) => {
        const link = event.target.closest('a[href^="#"]');
        if (link !== null && link.getAttribute('href') === location.hash)
            follow();
    });

    /* Goes to the next command, or the one before, for which something holds. */
    const go = (step, holds) => {
        const focused = document.activeElement.closest('details.c');
        let at = focused === null ? current : commands.indexOf(focused);
        if (at < 0 && step < 0)
            at = commands.length;
        for (at += step; at >= 0 && at < commands.length; at += step) {
            if (!commands[at].hidden && holds(commands[at])) {
                current = at;
                commands[at].closest('details.stage').open = true;
                const summary = commands[at].querySelector('summary');
                summary.focus({preventScroll: true});
                summary.scrollIntoView({block: 'center'});
                return;
            }
        }
    };

    const rows = document.querySelector('.rows');
    const scroll = document.querySelector('.scroll');
    const command_of = (event) => {
        const bar = event.target.closest('rect[data-c]');
        return bar === null ? null : [bar, by_id('c' + bar.dataset.c)];
    };
    if (rows !== null) {
        rows.addEventListener('click', (event) => {
            const found_bar = command_of(event);
            if (found_bar !== null)
                location.hash = found_bar[1].id;
        });
        rows.addEventListener('mouseover', (event) => {
            const found_bar = command_of(event);
            if (found_bar === null || found_bar[0].firstChild !== null)
                return;
            const title = document.createElementNS(found_bar[0].namespaceURI, 'title');
            title.textContent = found_bar[1].firstElementChild.textContent.trim();
            found_bar[0].append(title);
        });
    }
    let zoom = 1;
    const zoom_by = (factor) => {
        if (rows === null)
            return;
        const middle = (scroll.scrollLeft + scroll.clientWidth / 2) / scroll.scrollWidth;
        zoom = factor === 0 ? 1 : Math.min(256, Math.max(1, zoom * factor));
        rows.style.setProperty('--zoom', zoom);
        scroll.scrollLeft = middle * scroll.scrollWidth - scroll.clientWidth / 2;
    };
    for (const button of all('[data-zoom]'))
        button.addEventListener('click', () => zoom_by(Number(button.dataset.zoom)));
    if (scroll !== null)
        scroll.addEventListener('wheel', (event) => {
            if (event.ctrlKey || event.metaKey) {
                event.preventDefault();
                zoom_by(event.deltaY < 0 ? 1.25 : 0.8);
            }
        }, {passive: false});

    const keys = {
        '/': () => { find.focus(); find.select(); },
        'j': () => go(1, () => true),
        'k': () => go(-1, () => true),
        'f': () => go(1, is_bad),
        'o': () => {
            const focused = document.activeElement.closest('details');
            if (focused !== null)
                focused.open = !focused.open;
        },
        '+': () => zoom_by(2),
        '-': () => zoom_by(0.5),
        '0': () => zoom_by(0),
    };
    document.addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey)
            return;
        if (event.target === find) {
            if (event.key === 'Escape') {
                find.value = '';
                filter();
                find.blur();
            }
            return;
        }
        if (Object.hasOwn(keys, event.key)) {
            event.preventDefault();
            keys[event.key]();
        }
    });

    window.addEventListener('beforeprint', () => {
        for (const command of commands)
            if (is_bad(command)) {
                fill(command);
                command.open = true;
            }
    });
    follow();
})();
