package main

import "kebu/app/usecase"

// filePassword reads the password of locked workbooks, if a file with it is named.
func (p *program) filePassword(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	data, err := p.passphrase(file)
	return string(data), err
}

// withPassword does what reads a file that may be locked: with the password that was
// given, else with the one that is typed at the terminal.
func (p *program) withPassword(given string, do func(password string) error) error {
	err := do(given)
	if _, typed := p.keyboard(); given != "" || !typed || !usecase.Locked(err) {
		return err
	}
	password, err := p.askPassphrase("ask_password")
	if err != nil {
		return err
	}
	return do(string(password))
}
