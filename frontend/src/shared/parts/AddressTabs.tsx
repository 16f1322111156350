/** Tabs between the pages of one thing: each has an address of its own, the first that of the thing itself. */
import { Tabs } from "@mantine/core";
import { useLocation, useNavigate } from "react-router";

interface AddressTabsProps<Name extends string> {
  /** Address of the thing, e.g. "/projects/1/versions/2". */
  home: string;
  /** Last part of each page's address, in the order of the tabs. */
  names: readonly [Name, ...Name[]];
  label: (name: Name) => string;
}

export function AddressTabs<Name extends string>({ home, names, label }: AddressTabsProps<Name>) {
  const { pathname } = useLocation();
  const go = useNavigate();
  const [first, ...others] = names;
  const here = others.find((name) => pathname.startsWith(`${home}/${name}`)) ?? first;
  return (
    <Tabs
      value={here}
      onChange={(name) => go(name === first ? home : `${home}/${name}`)}
      activateTabWithKeyboard={false}
      mb="md"
    >
      <Tabs.List>
        {names.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {label(name)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
